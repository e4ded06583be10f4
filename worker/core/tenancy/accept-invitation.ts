import type { AccountCtx, Visit } from '../ctx.ts'
import { Fault, isFault } from '../failure.ts'
import { contactOf } from '../identity/contact.ts'
import { accountById } from '../identity/store.ts'
import { findSeat } from './find-seat.ts'
import { memberContact, memberJoined } from './module.ts'
import { memberByAccount, useInvitation } from './people-store.ts'
import { withInvitation } from './read-invitation.ts'
import { insertMember, insertRole } from './store.ts'

/**
 * Take up an invitation as the signed-in account, whatever its address: the mailed token proves the invited mailbox. The
 * role is the invitation's and nothing in the request can name another (CLN-23). Of many acceptances at once exactly one
 * succeeds; the others are told `gone`. Answers with the tenant's id.
 */
export async function acceptInvitation(account: Visit & Pick<AccountCtx, 'accountId' | 'eventActor'>, token: string): Promise<{ tenantId: string; memberId: string }> {
  const { accountId } = account
  const joined = await withInvitation(account, token, account.eventActor, async (ctx, invitation) => {
    const [member, person] = [await ctx.db.read(memberByAccount(ctx.db, accountId)), await ctx.directory.read(accountById(ctx.directory, accountId))]
    if (member) throw new Fault({ code: 'conflict', state: 'member_already', detail: 'You work here already. Open the tenant from the switch at the top.' })
    if (!person) throw new Fault({ code: 'unauthenticated' })
    const memberId = ctx.newId('mem')
    const { name, email } = await contactOf(ctx, person)
    const contact = await ctx.vault.seal(memberContact, memberId, { name, email })
    const seat = { id: memberId, accountId }
    await ctx.commit(
      [
        useInvitation(ctx.db, invitation.id, accountId, ctx.now),
        insertMember(ctx.db, { ...seat, contact: contact.sealed, sealVersion: contact.sealVersion, joinedAt: ctx.now, invitedBy: invitation.invitedBy }),
        insertRole(ctx.db, { ...seat, role: invitation.role, since: ctx.now }),
      ],
      memberJoined(memberId, { account: accountId, role: invitation.role, invitation: invitation.id }),
    )
    return { tenantId: ctx.tenant.id, memberId }
  }).catch(lostRace)
  await findSeat(account.reach, accountId, joined.tenantId) // giving is told after the commit; the follower sees to it if this is lost
  return joined
}

function lostRace(thrown: unknown): never {
  if (isFault(thrown) && thrown.failure.code === 'conflict' && thrown.failure.state === 'invitation_used') throw new Fault({ code: 'gone', detail: 'This invitation was used already. Sign in to open the tenant.' })
  throw thrown
}
