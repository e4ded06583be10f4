import type { InvitationView } from '../../../worker/core/tenancy/contract.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip, type Tone } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { roleTitle } from './role-words.ts'

const tones: Record<InvitationView['state'], Tone> = { open: 'info', accepted: 'ok', expired: 'mute', revoked: 'mute' }
const words: Record<InvitationView['state'], string> = { open: 'open', accepted: 'accepted', expired: 'too old', revoked: 'taken back' }

/** Columns of the invitations' table; memoise them. The button is there for whoever may press it. */
export const invitationColumns = (preset: string, mayRevoke: boolean): readonly Column<InvitationView>[] => [
  { key: 'name', header: 'Name', phone: 'title', cell: ({ name }) => <span className="font-medium">{name}</span> },
  { key: 'email', header: 'E-mail', quiet: true, cell: ({ email }) => <span className="[overflow-wrap:anywhere]">{email}</span> },
  { key: 'role', header: 'Role', cell: ({ role }) => roleTitle(preset, role) },
  {
    key: 'state',
    header: 'State',
    cell: ({ state, expiresAt }) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <StatusChip tone={tones[state]}>{words[state]}</StatusChip>
        {state === 'open' ? (
          <span className="text-ink-2">
            ends <RelativeTime at={expiresAt} />
          </span>
        ) : null}
      </span>
    ),
  },
  { key: 'sent', header: 'Sent', quiet: true, fit: true, cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  {
    key: 'act',
    header: 'Act',
    headerHidden: true,
    align: 'end',
    fit: true,
    cell: (invitation) => (mayRevoke ? <Act invitation={invitation} /> : null),
  },
]

/** An open one can be taken back; one that is over for another reason than its acceptance can be offered again. */
function Act({ invitation: { id, name, state } }: { invitation: InvitationView }) {
  if (state === 'accepted') return null
  const [intent, label] = state === 'open' ? ['revoke', 'Take back'] : ['again', 'Invite again']
  return (
    <PostForm>
      <input type="hidden" name="intent" value={intent} />
      <Button size="sm" tone="quiet" name="invitation" value={id}>
        {label}
        <span className="sr-only">{state === 'open' ? ` the invitation for ${name}` : `: ${name}`}</span>
      </Button>
    </PostForm>
  )
}
