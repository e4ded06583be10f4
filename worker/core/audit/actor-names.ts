import type { Ctx } from '../ctx.ts'
import { memberContact } from '../tenancy/module.ts'
import { isVaultFault } from '../vault/fault.ts'
import { namedKeys, namedMembers, type NamedRow } from './store.ts'

/** Whoever acts in the log, by the id an entry carries. */
export type ActorNames = ReadonlyMap<string, string>

/** Names of the tenant's members and keys, read behind the fence: one batch, one opening a member. */
export async function namesOfActors(ctx: Ctx): Promise<ActorNames> {
  const [members, keys] = await ctx.db.readAll([namedMembers(ctx.db), namedKeys(ctx.db)])
  return new Map([
    ...(await Promise.all(members.map(async (member): Promise<[string, string]> => [member.accountId, await nameOf(ctx, member)]))),
    ...keys.map(({ id, label }): [string, string] => [id, `key ${label}`]),
    ['audit-chain', 'The log itself'],
  ])
}

/** The log must be readable most of all where something was tampered with: one bad row costs its own name only. */
async function nameOf(ctx: Ctx, { id, contact, sealVersion }: NamedRow): Promise<string> {
  try {
    return (await ctx.vault.open<{ name: string; email: string }>(memberContact, id, { sealed: contact, sealVersion })).name
  } catch (thrown) {
    if (isVaultFault(thrown)) return 'name unreadable'
    throw thrown
  }
}
