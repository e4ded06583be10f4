import { beforeAll, expect, test } from 'vitest'
import { CarrierProgram, entryLoaded, issueKey, newFmo, newProgram } from '../../../tests/support/carrier-scene.ts'
import { asMember, drained, failureOf } from '../../../tests/support/scene.ts'
import { calledPath } from './enter-carrier.ts'
import { listActivity } from './list-activity.ts'

beforeAll(entryLoaded, 120_000)

type Called = { activity: { at: number; keyId: string; method: string; path: string; status: number }[]; next: string | null }

const activity = async (program: CarrierProgram, query = ''): Promise<Called> => (await program.fetch(`/api/carrier/v1/activity${query}`)).json()

test('[CIQ-65][CIQ-18] a carrier reads what its own programs called, with path, time and result, and nothing of another carrier’s or another FMO’s', async () => {
  const [here, there] = [await newFmo(), await newFmo()]
  const [a, b, elsewhere] = [await newProgram(here), await newProgram(here), await newProgram(there)]
  const second = await issueKey(here, a.carrierId, 'Second')
  for (const { program } of [a, b, elsewhere]) await program.fetch('/api/carrier/v1/activity')
  await new CarrierProgram(second.token).fetch('/api/carrier/v1/activity?limit=0')
  await drained(here.tenant.id)
  const { activity: seen } = await activity(a.program)
  expect(seen.map(({ keyId, method, path, status }) => [keyId, method, path, status])).toEqual([
    [second.key.id, 'GET', '/api/carrier/v1/activity', 422],
    [a.keyId, 'GET', '/api/carrier/v1/activity', 200],
  ])
  expect(seen.every(({ at }) => at > 0)).toBe(true)
})

test('activity comes in pages by a cursor that is good for one carrier only', async () => {
  const fmo = await newFmo()
  const [a, b] = [await newProgram(fmo), await newProgram(fmo)]
  for (let n = 0; n < 3; n += 1) await a.program.fetch('/api/carrier/v1/activity')
  await drained(fmo.tenant.id)
  const first = await activity(a.program, '?limit=2')
  expect([first.activity.length, typeof first.next]).toEqual([2, 'string'])
  const rest = await activity(a.program, `?limit=2&cursor=${encodeURIComponent(first.next ?? '')}`)
  expect([rest.activity.length, rest.next]).toEqual([1, null])
  expect((await b.program.fetch(`/api/carrier/v1/activity?cursor=${encodeURIComponent(first.next ?? '')}`)).status).toBe(422)
})

test('the FMO’s administrators read a carrier’s activity; members and another FMO do not', async () => {
  const [here, there] = [await newFmo(), await newFmo()]
  const { carrierId, program } = await newProgram(here)
  await program.fetch('/api/carrier/v1/activity')
  await drained(here.tenant.id)
  expect((await here.admin.run((ctx) => listActivity(ctx, carrierId, { limit: 25 }))).activity).toHaveLength(1)
  expect(await failureOf((await asMember(here.tenant)).run((ctx) => listActivity(ctx, carrierId, { limit: 25 })))).toMatchObject({ code: 'role_required' })
  expect(await failureOf(there.admin.run((ctx) => listActivity(ctx, carrierId, { limit: 25 })))).toEqual({ code: 'not_found' })
})

test('of a path the log holds our own words and ids; what else somebody put there is named, not told', () => {
  const route = '/api/carrier/v1/applications/{applicationId}'
  expect(calledPath(route, '/api/carrier/v1/applications/req_01h455vb4pex5vsknk084sn02q')).toBe('/api/carrier/v1/applications/req_01h455vb4pex5vsknk084sn02q')
  expect(calledPath(route, '/api/carrier/v1/applications/123-45-6789')).toBe('/api/carrier/v1/applications/:applicationId')
})
