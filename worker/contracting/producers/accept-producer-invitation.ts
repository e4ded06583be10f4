import type { AccountCtx, Visit } from '../../core/ctx.ts'
import { Fault, isFault } from '../../core/failure.ts'
import { contactOf } from '../../core/identity/contact.ts'
import { accountById, tenantsOf } from '../../core/identity/store.ts'
import { createTenant } from '../../core/tenancy/create-tenant.ts'
import { findSeat } from '../../core/tenancy/find-seat.ts'
import { beginLink } from './begin-link.ts'
import { carryLink } from './carry-link.ts'
import { withProducerInvitation } from './read-producer-invitation.ts'

/** What a tenant calls itself stands in clear, so it is not the person's name. They may call it otherwise. */
const HOUSE_NAME = 'My passport'

type Accepting = Visit & Pick<AccountCtx, 'accountId' | 'eventActor'>

/**
 * Take a producer's invitation up as the signed-in account, whatever its address: the mailed token proves the invited mailbox.
 * The link is made to the person's own tenant of kind `producer`, which comes into being here if there is none. Of many
 * acceptances at once exactly one succeeds. Throws `conflict` where the two work together already.
 */
export async function acceptProducerInvitation(account: Accepting, token: string): Promise<{ tenantId: string; linkId: string }> {
  const fmoId = await withProducerInvitation(account, token, account.eventActor, async (ctx) => ctx.tenant.id) // what opens nothing makes no tenant either
  const tenantId = (await ownProducerTenant(account)) ?? (await makeProducerTenant(account))
  const linkId = await withProducerInvitation(account, token, account.eventActor, (ctx, row, contact) => beginLink(ctx, { invitationId: row.id, contact, producerId: tenantId })).catch(lostRace)
  await carryLink(account, fmoId, linkId) // giving is told after the commit; the follower sees to it if this is lost
  return { tenantId, linkId }
}

/** The tenant of kind `producer` that the account owns, or null. */
async function ownProducerTenant({ accountId, directory, reach }: Accepting): Promise<string | null> {
  for (const tenantId of await directory.read(tenantsOf(directory, accountId))) {
    const seat = await findSeat(reach, accountId, tenantId)
    if (seat?.kind === 'producer' && seat.role === 'owner') return tenantId
  }
  return null
}

/** Being invited is leave enough, also where nobody may open a tenant unasked. */
async function makeProducerTenant(account: Accepting): Promise<string> {
  const { accountId, directory } = account
  const person = await directory.read(accountById(directory, accountId))
  if (!person) throw new Fault({ code: 'unauthenticated' })
  const { name, email } = await contactOf(account, person)
  return createTenant(account, { name: HOUSE_NAME, kind: 'producer', preset: 'contractiq', owner: { accountId, name, email } })
}

function lostRace(thrown: unknown): never {
  if (isFault(thrown) && thrown.failure.code === 'conflict' && thrown.failure.state === 'invitation_used') throw new Fault({ code: 'gone', detail: 'This invitation was used already. Sign in to open your passport.' })
  throw thrown
}
