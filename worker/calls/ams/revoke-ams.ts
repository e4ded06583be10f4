import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import type { AmsConnectionView } from './contract.ts'
import { readAms } from './list-ams.ts'
import { amsRevoked, rights } from './module.ts'
import { changeAms } from './store.ts'
import { amsView } from './views.ts'

/** Ask an agency management system nothing any more, and forget what it was asked with: both in one batch. Calls wait for the next one, up to their cap. */
export async function revokeAms(ctx: Ctx, id: string): Promise<AmsConnectionView> {
  demand(ctx, rights.writeAms)
  const row = await readAms(ctx, id)
  const set = { content: null, revokedAt: ctx.now }
  await ctx.commit([changeAms(ctx.db, row, set)], amsRevoked(id, { kind: row.kind }))
  return amsView({ ...row, ...set })
}

/** The same connection for whoever revoked it and did not hear the answer. */
export async function revokedAms(ctx: Ctx, id: string): Promise<AmsConnectionView> {
  demand(ctx, rights.writeAms)
  return amsView(await readAms(ctx, id))
}
