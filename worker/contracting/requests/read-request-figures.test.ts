import { beforeAll, expect, test } from 'vitest'
import { entryLoaded, newFmo } from '../../../tests/support/carrier-scene.ts'
import { draft, newApplication, seen } from '../../../tests/support/request-scene.ts'
import { asMember } from '../../../tests/support/scene.ts'
import { listRequests } from './list-requests.ts'
import { makeReady } from './move-request.ts'
import { readRequestFigures } from './read-request-figures.ts'

beforeAll(entryLoaded, 120_000)

const DAY_MS = 86_400_000

test('what waits for whom is counted by state and age, each figure leads to its rows, and another FMO’s requests count nowhere', async () => {
  const [here, there] = [await newFmo(), await newFmo()]
  const application = await newApplication(here)
  const { carrierId, applicant: { linkId } } = application
  await draft(here, carrierId, linkId)
  const waiting = await draft(here, carrierId, linkId)
  const request = await seen(here, waiting.id)
  await here.admin.run((ctx) => makeReady(ctx, request))
  await newApplication(there)

  const in9Days = await here.admin.run((ctx) => readRequestFigures({ ...ctx, now: ctx.now + 9 * DAY_MS }))
  expect(in9Days).toMatchObject({ waiting: { fmo: 1, producer: 1, carrier: 1 }, stuck: 0, appointed: null })
  expect(in9Days.byState.filter(({ month }) => month > 0).map(({ state, month }) => [state, month])).toEqual([['draft', 1], ['ready', 1], ['transmitted', 1]])
  const in40Days = await (await asMember(here.tenant)).run((ctx) => readRequestFigures({ ...ctx, now: ctx.now + 40 * DAY_MS }))
  expect(in40Days).toMatchObject({ stuck: 3, byState: expect.arrayContaining([{ state: 'draft', waitsFor: 'fmo', week: 0, month: 0, older: 1 }]) })
  const { requests } = await here.admin.run((ctx) => listRequests(ctx, { waits: 'producer' }, { limit: 25 }))
  expect(requests.map(({ id }) => id)).toEqual([waiting.id])
  expect((await application.applicant.browser.run(readRequestFigures)).waiting).toEqual({ fmo: 0, producer: 0, carrier: 0 })
})

test('the time to appointment runs from the draft to the first appointment', async () => {
  const [here, there] = [await newFmo(), await newFmo()]
  const { id, program } = await newApplication(here)
  const answer = (json: unknown) => program.fetch(`/api/carrier/v1/applications/${id}/answers`, { json })
  expect((await answer({ status: 'accepted' })).status).toBe(201)
  expect((await answer({ status: 'appointed', writingNumbers: [{ number: 'SM-1', states: ['OR'] }] })).status).toBe(201)
  const { appointed, waiting } = await here.admin.run(readRequestFigures)
  expect(appointed).toMatchObject({ count: 1 })
  expect(appointed?.median).toBeGreaterThan(0)
  expect(waiting).toEqual({ fmo: 0, producer: 0, carrier: 0 })
  expect((await there.admin.run(readRequestFigures)).appointed).toBeNull()
  expect((await here.admin.run((ctx) => readRequestFigures({ ...ctx, now: ctx.now + 181 * DAY_MS }))).appointed).toBeNull()
})
