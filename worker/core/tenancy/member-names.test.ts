import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { memberNames } from './member-names.ts'

test('members are named by id; nobody of another tenant is', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const [mila, stranger] = [await tenant.someone('member'), await other.someone('member')]
  expect([...(await tenant.asJob((ctx) => memberNames(ctx, [mila.memberId, stranger.memberId])))]).toEqual([[mila.memberId, 'Mila Member']])
  expect([...(await tenant.asJob((ctx) => memberNames(ctx, [])))]).toEqual([])
})
