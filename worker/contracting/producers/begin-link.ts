import type { Ctx } from '../../core/ctx.ts'
import { Fault, isFault } from '../../core/failure.ts'
import { destroySalt } from '../../core/vault/salts.ts'
import { useProducerInvitation } from './invitation-store.ts'
import { insertLink, linkWith } from './link-store.ts'
import { invitationAccepted, LINK_SALT, linkContact } from './module.ts'
import { copyIdOf } from './policy.ts'
import type { PartyContact } from './views.ts'

/**
 * The link at the FMO's end, in the FMO's tenant, for whoever proved the invitation. The salt that its copies will stand under
 * comes first: the row depends on it.
 */
export async function beginLink(ctx: Ctx, { invitationId, contact, producerId }: { invitationId: string; contact: PartyContact; producerId: string }): Promise<string> {
  if (await ctx.db.read(linkWith(ctx.db, 'fmo', producerId))) throw linkedAlready()
  const id = ctx.newId('lnk')
  const salt = { tenant: ctx.tenant.id, kind: LINK_SALT, id: copyIdOf(id) }
  await ctx.vault.withNewSalt(salt.kind, salt.id)
  const { name, email } = contact
  const cell = await ctx.vault.seal(linkContact, id, { name, email })
  const link = { id, side: 'fmo', otherId: producerId, contact: cell.sealed, sealVersion: cell.sealVersion, state: 'active', startedAt: ctx.now } as const
  try {
    await ctx.commit([useProducerInvitation(ctx.db, invitationId, id, ctx.now), insertLink(ctx.db, link)], invitationAccepted(invitationId, { link: id, producer: producerId }))
  } catch (thrown) {
    if (!isFault(thrown)) throw thrown // whether it was committed is not known: the salt stays
    await destroySalt(ctx.reach.keyring.bucket, salt)
    if (thrown.failure.code === 'conflict' && thrown.failure.state === 'exists') throw linkedAlready()
    throw thrown
  }
  return id
}

const linkedAlready = (): Fault => new Fault({ code: 'conflict', state: 'linked_already', detail: 'You work with this organisation already. Open your passport to see it.' })
