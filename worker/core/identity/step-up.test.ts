import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { newPerson, personOf } from '../../../tests/support/person-scene.ts'
import { asOwner, failureOf, signedIn } from '../../../tests/support/scene.ts'
import { bindingOf, RECENT_MS, requireRecent, requireTicket } from './step-up.ts'

test('two acts share a binding only when verb, tenant, row, field and reason are all the same', async () => {
  const text = fc.option(fc.string({ maxLength: 8 }), { nil: null })
  const act = fc.record({ tenant: text, verb: fc.string({ maxLength: 8 }), row: text, field: text, reason: text })
  await fc.assert(
    fc.asyncProperty(act, act, async (one, other) => {
      const [a, b] = await Promise.all([one, other].map(({ tenant, ...rest }) => bindingOf(tenant, rest)))
      expect(a === b).toBe(JSON.stringify(one) === JSON.stringify(other))
    }),
  )
})

test('a ticket for one act, reason and tenant serves no other, and serves its own once', async () => {
  const [here, there] = [await newTenant(), await newTenant()]
  const [owner, other] = [await asOwner(here), await asOwner(there)]
  const act = { verb: 'core.reveal', row: 'prd_1', field: 'ssn', reason: 'renewal' }
  const asked = await failureOf(owner.run((ctx) => requireTicket(ctx, act)))
  if (asked?.code !== 'step_up_required' || !asked.ticket) throw new Error('expected to be asked')
  await owner.confirm(asked.ticket)
  for (const changed of [{ verb: 'core.export' }, { row: 'prd_2' }, { field: 'tin' }, { reason: 'curiosity' }])
    expect(await failureOf(owner.run((ctx) => requireTicket(ctx, { ...act, ...changed })))).toMatchObject({ code: 'step_up_required' })
  expect(await failureOf(other.run((ctx) => requireTicket(ctx, act)))).toMatchObject({ code: 'step_up_required' })
  expect(await failureOf(owner.run((ctx) => requireTicket(ctx, act)))).toBeNull()
  expect(await failureOf(owner.run((ctx) => requireTicket(ctx, act)))).toMatchObject({ code: 'step_up_required' })
})

test('a ticket of one session is not another’s, though the person is the same', async () => {
  const ada = await newPerson()
  const elsewhere = await signedIn(ada, null, { now: ada.now })
  const act = { verb: 'core.test' }
  const asked = await failureOf(ada.run((ctx) => requireTicket(ctx, act)))
  if (asked?.code !== 'step_up_required') throw new Error('expected to be asked')
  await ada.confirm(asked.ticket ?? '')
  expect(await failureOf(elsewhere.runAsAccount((ctx) => requireTicket(ctx, act), ada.now))).toMatchObject({ code: 'step_up_required' })
  expect(await failureOf(ada.run((ctx) => requireTicket(ctx, act)))).toBeNull()
})

test('a proof counts as recent for fifteen minutes', async () => {
  const admin = await personOf(await newTenant(), 'admin')
  const recent = (later: number) => failureOf(admin.browser.run((ctx) => Promise.resolve(requireRecent(ctx)), admin.now + later))
  expect(await recent(RECENT_MS)).toBeNull()
  expect(await recent(RECENT_MS + 1)).toEqual({ code: 'step_up_required', mode: 'recent' })
})
