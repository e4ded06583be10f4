import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, failureOf } from '../../../tests/support/scene.ts'
import { readInviting } from './read-inviting.ts'

test('the form offers the roles of its own tenant’s preset, never the owner’s', async () => {
  const [combined, inforcedesk] = [await newTenant(), await newTenant({ preset: 'inforcedesk' })]
  expect(await (await asOwner(combined)).run(readInviting)).toEqual({ preset: 'combined', roles: ['admin', 'member', 'viewer'], days: 7 })
  expect(await (await asAdmin(inforcedesk)).run(readInviting)).toEqual({ preset: 'inforcedesk', roles: ['admin', 'member'], days: 7 })
})

test('whoever may not invite is told so, and an old proof is asked for again', async () => {
  const tenant = await newTenant()
  expect(await failureOf((await asMember(tenant)).run(readInviting))).toMatchObject({ code: 'role_required', need: 'member.invite' })
  expect(await failureOf((await asOwner(tenant, { proven: false })).run(readInviting))).toMatchObject({ code: 'step_up_required', mode: 'recent' })
})
