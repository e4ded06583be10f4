import { runDurableObjectAlarm } from 'cloudflare:test'
import { beforeAll, expect, test } from 'vitest'
import { CarrierProgram, entryLoaded, issueKey, newFmo, newProgram } from '../../../tests/support/carrier-scene.ts'
import { asMember, drained, entriesOf, failureOf, reachNow } from '../../../tests/support/scene.ts'
import { sha256Hex } from '../../core/vault/digest.ts'
import { calledPath } from './enter-carrier.ts'
import { listActivity } from './list-activity.ts'

beforeAll(entryLoaded, 120_000)

type Called = { activity: { at: number; keyId: string; method: string; path: string; status: number; times: number }[]; next: string | null }

const rowsOf = async (fmo: Awaited<ReturnType<typeof newFmo>>, carrierId: string) => (await fmo.admin.run((ctx) => listActivity(ctx, carrierId, { limit: 25 }))).activity
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

test('calls above a key’s limit stand in its carrier’s activity as one row a minute that says how many they were; another carrier sees none of them', async () => {
  const fmo = await newFmo()
  const [a, b] = [await newProgram(fmo), await newProgram(fmo)]
  const guard = (await reachNow()).keyGuards.of(a.keyId)
  await a.program.fetch('/api/carrier/v1/applications')
  await runDurableObjectAlarm(guard)
  const seat = await guard.present({ secretHash: await sha256Hex(a.program.token), now: 0 })
  if (!seat.ok) throw new TypeError('the key opens nothing')
  await guard.remember({ seat: seat.seat, requests: 2 })
  const statuses = []
  for (let n = 0; n < 6; n += 1) statuses.push((await a.program.fetch(n === 0 ? '/api/carrier/v1/applications' : '/api/carrier/v1/activity')).status)
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(2)
  const refused = statuses.filter((status) => status === 429).length
  expect((await rowsOf(fmo, a.carrierId)).filter(({ status }) => status === 429)).toEqual([])

  await runDurableObjectAlarm(guard)
  await drained(fmo.tenant.id)
  expect((await rowsOf(fmo, a.carrierId)).filter(({ status }) => status === 429)).toEqual([{ at: expect.any(Number), keyId: a.keyId, method: 'GET', path: '/api/carrier/v1/activity', status: 429, times: refused }])
  await runDurableObjectAlarm(guard)
  expect((await entriesOf(fmo.tenant.id, 'contracting.carrier_api.read')).filter(({ meta }) => meta['status'] === 429)).toHaveLength(1)
  expect((await activity(b.program)).activity.filter(({ status }) => status === 429)).toEqual([])
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
