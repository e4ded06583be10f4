import type { Ctx } from '../ctx.ts'
import { memberContact } from './module.ts'
import { membersByIds } from './people-store.ts'

/** Names of members by their ids, for whoever was found to be allowed something that names them. Who is gone has none. */
export async function memberNames(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db.read(membersByIds(ctx.db, [...new Set(ids)]))
  const contacts = await ctx.vault.openMany<{ name: string }>(memberContact, rows.map(({ id, contact, sealVersion }) => ({ id, cell: { sealed: contact, sealVersion } })))
  return new Map(rows.map(({ id }, at) => [id, contacts[at]?.name ?? '']))
}
