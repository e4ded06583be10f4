import type { MemberView } from '../../../worker/core/tenancy/contract.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { roleTitle } from './role-words.ts'

/** Columns of the members' table; memoise them by preset. */
export const memberColumns = (preset: string): readonly Column<MemberView>[] => [
  {
    key: 'name',
    header: 'Name',
    phone: 'title',
    cell: ({ name, you }) => (
      <span className="inline-flex items-center gap-2.5 align-middle">
        <Avatar name={name} size="sm" />
        <span className="font-medium">{name}</span>
        {you ? <StatusChip>you</StatusChip> : null}
      </span>
    ),
  },
  { key: 'email', header: 'E-mail', quiet: true, cell: ({ email }) => <span className="[overflow-wrap:anywhere]">{email}</span> },
  { key: 'role', header: 'Role', cell: ({ role }) => roleTitle(preset, role) },
  { key: 'joined', header: 'Joined', quiet: true, fit: true, cell: ({ joinedAt }) => <RelativeTime at={joinedAt} /> },
]
