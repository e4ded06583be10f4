import { beforeAll, expect, test } from 'vitest'
import { entryLoaded, newFmo, newProgram } from '../../../tests/support/carrier-scene.ts'
import { asMember, drained, failureOf } from '../../../tests/support/scene.ts'
import { readCarrierPage } from './read-carrier-page.ts'

beforeAll(entryLoaded, 120_000)

test('[CIQ-18] a carrier’s page has its own keys and its own activity for an administrator, neither for a member, and is nowhere for another FMO', async () => {
  const [here, there] = [await newFmo(), await newFmo()]
  const [a, b] = [await newProgram(here), await newProgram(here)]
  for (const { program } of [a, b]) await program.fetch('/api/carrier/v1/activity')
  await drained(here.tenant.id)
  const page = await here.admin.run((ctx) => readCarrierPage(ctx, a.carrierId))
  expect([page.access?.keys.map(({ id }) => id), page.access?.activity.map(({ keyId }) => keyId), page.access?.webhook, page.mayIssue]).toEqual([[a.keyId], [a.keyId], null, true])
  expect(await (await asMember(here.tenant)).run((ctx) => readCarrierPage(ctx, a.carrierId))).toMatchObject({ access: null, mayWrite: false, mayIssue: false, maySetWebhook: false })
  expect(await failureOf(there.admin.run((ctx) => readCarrierPage(ctx, a.carrierId)))).toEqual({ code: 'not_found' })
})
