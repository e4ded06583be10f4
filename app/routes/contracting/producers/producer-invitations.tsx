import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { ProducerInvitationId, type ProducerInvitationView } from '../../../../worker/contracting/producers/contract.ts'
import { listProducerInvitations } from '../../../../worker/contracting/producers/list-producer-invitations.ts'
import { revokeProducerInvitation } from '../../../../worker/contracting/producers/revoke-producer-invitation.ts'
import { action as posted, input, page } from '../../../page.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StatusChip, type Tone } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'

export const meta: MetaFunction = () => [{ title: 'Invitations of producers · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Producers', href: '/producers' }, { label: 'Invitations' }] }

const PER_PAGE = 25

export const loader = page(async ({ door, url }) => {
  const asked = (name: string) => url.searchParams.get(name) || undefined
  return { ...(await door.tenant((ctx) => listProducerInvitations(ctx, { cursor: asked('cursor'), limit: PER_PAGE }))), sent: asked('sent') ?? null, revoked: asked('revoked') ?? null }
})

export const action = posted(async ({ door, form }) => {
  const id = input(ProducerInvitationId, form.get('invitation') ?? '')
  await door.tenant((ctx) => revokeProducerInvitation(ctx, id))
  throw redirect(`/producers/invitations?revoked=${id}`)
})

const tones: Record<ProducerInvitationView['state'], Tone> = { open: 'info', accepted: 'ok', expired: 'mute', revoked: 'mute' }
const words: Record<ProducerInvitationView['state'], string> = { open: 'open', accepted: 'accepted', expired: 'too old', revoked: 'taken back' }

const columns: readonly Column<ProducerInvitationView>[] = [
  { key: 'name', header: 'Name', phone: 'title', cell: ({ name }) => <span className="font-medium">{name}</span> },
  { key: 'email', header: 'E-mail', quiet: true, cell: ({ email }) => <span className="[overflow-wrap:anywhere]">{email}</span> },
  { key: 'state', header: 'State', cell: ({ state }) => <StatusChip tone={tones[state]}>{words[state]}</StatusChip> },
  { key: 'ends', header: 'Ends', quiet: true, cell: ({ state, expiresAt }) => (state === 'open' ? <RelativeTime at={expiresAt} /> : '–') },
  { key: 'sent', header: 'Sent', quiet: true, fit: true, cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  {
    key: 'act',
    header: 'Act',
    headerHidden: true,
    align: 'end',
    fit: true,
    cell: ({ id, name, state }) =>
      state === 'open' ? (
        <PostForm>
          <Button size="sm" tone="quiet" name="invitation" value={id}>
            Take back
            <span className="sr-only"> the invitation for {name}</span>
          </Button>
        </PostForm>
      ) : null,
  },
]

export default function ProducerInvitations() {
  const { invitations, next, sent, revoked } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  const nameOf = (id: string | null) => invitations.find((each) => each.id === id)?.name
  return (
    <>
      <PageHeader
        title="Invitations"
        lead="Whom you invited to contract with you, and what came of it."
        actions={
          <LinkButton href="/producers/invite" tone="primary" icon="plus">
            Invite
          </LinkButton>
        }
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {sent && !refused && nameOf(sent) ? <Notice tone="ok" title={`The invitation for ${nameOf(sent)} is on its way`} live>It works once; until then you can take it back below.</Notice> : null}
      {revoked && !refused && nameOf(revoked) ? <Notice tone="ok" title={`The invitation for ${nameOf(revoked)} was taken back`} live>Its link opens nothing any more.</Notice> : null}
      <DataTable<ProducerInvitationView>
        caption="Invitations of producers, newest first"
        columns={columns}
        rows={invitations}
        rowId={({ id }) => id}
        empty={<EmptyState icon="mail" title="Nobody has been invited yet">Invite one, or import a list. Here you see what became of it.</EmptyState>}
        footer={<Pagination summary={`${invitations.length} shown`} next={next ? `/producers/invitations?cursor=${encodeURIComponent(next)}` : undefined} />}
      />
    </>
  )
}
