import type { AccountCtx, Visit } from '../../ctx.ts'
import { providersOf } from './providers.ts'
import { identitiesOf } from './store.ts'

/** One provider and whether this person has linked an identity there. */
export type IdentityLine = { id: string; label: string; linkedAt: number | null }

export async function listIdentities(ctx: AccountCtx): Promise<IdentityLine[]> {
  const linked = await ctx.directory.read(identitiesOf(ctx.directory, ctx.accountId))
  return providersOf(ctx.reach.env).map(({ id, label, issuer }) => ({ id, label, linkedAt: linked.find((row) => row.issuer === issuer)?.linkedAt ?? null }))
}

/** The buttons of the sign-in page. */
export const listProviders = (visit: Visit): { id: string; label: string }[] => providersOf(visit.reach.env).map(({ id, label }) => ({ id, label }))
