import type { Ctx } from '../ctx.ts'
import type { InvitationView, MemberView } from './contract.ts'
import { invitationContact, memberContact } from './module.ts'
import type { InvitationRow, MemberRow } from './people-store.ts'

type Contact = { name: string; email: string }
const cellOf = ({ contact, sealVersion }: Pick<MemberRow, 'contact' | 'sealVersion'>) => ({ sealed: contact, sealVersion })

/** Members as they leave: one opening per row. */
export async function memberViews(ctx: Ctx, rows: readonly MemberRow[]): Promise<MemberView[]> {
  const contacts = await ctx.vault.openMany<Contact>(memberContact, rows.map((row) => ({ id: row.id, cell: cellOf(row) })))
  const me = ctx.actor.kind === 'member' ? ctx.actor.memberId : null
  return rows.map(({ id, accountId, role, joinedAt }, index) => ({ id, accountId, name: contacts[index]?.name ?? '', email: contacts[index]?.email ?? '', role, joinedAt, you: id === me }))
}

/** Invitations as they leave. Whether one has expired is a matter of the clock alone. */
export async function invitationViews(ctx: Ctx, rows: readonly InvitationRow[]): Promise<InvitationView[]> {
  const contacts = await ctx.vault.openMany<Contact>(invitationContact, rows.map((row) => ({ id: row.id, cell: cellOf(row) })))
  return rows.map((row, index) => ({
    id: row.id, name: contacts[index]?.name ?? '', email: contacts[index]?.email ?? '', role: row.role, state: invitationState(row, ctx.now), createdAt: row.createdAt, expiresAt: row.expiresAt,
  }))
}

export function invitationState(row: Pick<InvitationRow, 'acceptedAt' | 'revokedAt' | 'expiresAt'>, now: number): InvitationView['state'] {
  if (row.acceptedAt !== null) return 'accepted'
  if (row.revokedAt !== null && row.revokedAt < row.expiresAt) return 'revoked'
  return row.expiresAt <= now ? 'expired' : 'open'
}
