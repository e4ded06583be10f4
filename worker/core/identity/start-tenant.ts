import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { createTenant, type CreateTenant } from '../tenancy/create-tenant.ts'
import { contactOf } from './contact.ts'
import { demandOpen } from './sign-up.ts'
import { accountById, tenantsOf } from './store.ts'

/** A tenant for a person that has none: its sign-up was cut off, or it left the last one. Open deployments only. */
export async function startTenant(account: AccountCtx, input: Pick<CreateTenant, 'name' | 'kind' | 'preset'>): Promise<string> {
  const { accountId, directory } = account
  demandOpen(account, input.preset)
  const [row, tenants] = await directory.readAll([accountById(directory, accountId), tenantsOf(directory, accountId)])
  if (!row) throw new Fault({ code: 'unauthenticated' })
  if (tenants.length > 0) throw new Fault({ code: 'conflict', state: 'has_tenant', detail: 'You are in a tenant already. Switch to it at the top.' })
  return createTenant(account, { ...input, owner: { accountId, ...(await contactOf(account, row)) } })
}
