import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { clock } from '../tests/support/clock.ts'
import { lineOf, type Line } from '../tests/support/pop-line.ts'
import { newId } from '../worker/core/id.ts'
import { LISTENER, type ScreenPop } from './screen-pop.ts'

const { SCREEN_POP } = env as unknown as { SCREEN_POP: DurableObjectNamespace<ScreenPop> } // `as`: made in wrangler.test.toml
const MINUTES = 60_000
const newTenantId = () => newId('ten', Date.now())
const popsOf = (tenantId: string) => SCREEN_POP.get(SCREEN_POP.idFromName(tenantId))
type Pops = ReturnType<typeof popsOf>

const listens = async (pops: Pops, memberId: string, { accountId = `acc ${memberId}`, sid = `ses ${memberId}`, now = Date.now() } = {}): Promise<Line> =>
  lineOf(await pops.fetch('https://screen-pop/', { headers: { Upgrade: 'websocket', [LISTENER]: JSON.stringify({ memberId, accountId, sid, now }) } }))

const ring = async (pops: Pops, tenantId: string, callId: string, memberId: string, now = Date.now()): Promise<void> => {
  expect(await pops.begin({ tenantId, callId, memberId, dueAt: now + 5 * MINUTES, now })).toBe('new')
  expect(await pops.show({ callId, sealed: `sealed ${callId}`, sealVersion: 1, now })).toBe(true)
}

const stored = (pops: Pops) => runInDurableObject(pops, (_object, state) => state.storage.sql.exec<{ call: string; sealed: string | null }>('SELECT call, sealed FROM pops').toArray())

test('a ring is told on every page of its handler, by id alone, and on nobody else’s; another organisation hears nothing', async () => {
  const [tenantId, elsewhere] = [newTenantId(), newTenantId()]
  const [pops, other] = [popsOf(tenantId), popsOf(elsewhere)]
  const [one, two, colleague, stranger] = [await listens(pops, 'mila'), await listens(pops, 'mila'), await listens(pops, 'otto'), await listens(other, 'mila')]
  await ring(pops, tenantId, 'cal_1', 'mila')
  for (const line of [one, two]) await vi.waitFor(() => expect(line.said).toEqual([{ pops: [] }, { pops: [{ call: 'cal_1', n: 1 }] }]))
  expect([colleague.said, stranger.said]).toEqual([[{ pops: [] }], [{ pops: [] }]])
  expect(await pops.shown({ memberId: 'mila', now: Date.now() })).toMatchObject([{ callId: 'cal_1', sealed: 'sealed cal_1', sealVersion: 1 }])
  expect([await pops.shown({ memberId: 'otto', now: Date.now() }), await other.shown({ memberId: 'mila', now: Date.now() })]).toEqual([[], []])
})

test('a page that comes late is told what rings; the same ring twice is one; a call that somebody else takes goes over to them', async () => {
  const tenantId = newTenantId()
  const pops = popsOf(tenantId)
  const mila = await listens(pops, 'mila')
  await ring(pops, tenantId, 'cal_1', 'mila')
  const late = await listens(pops, 'mila')
  await vi.waitFor(() => expect(late.calls).toEqual(['cal_1']))
  const again = { tenantId, callId: 'cal_1', dueAt: Date.now() + 9 * MINUTES, now: Date.now() }
  expect(await pops.begin({ ...again, memberId: 'mila' })).toBe('known')
  const otto = await listens(pops, 'otto')
  expect(await pops.begin({ ...again, memberId: 'otto' })).toBe('moved')
  await vi.waitFor(() => expect(mila.calls).toEqual([]))
  expect(otto.calls).toEqual([])
  await pops.tell({ memberId: 'otto', now: Date.now() })
  await vi.waitFor(() => expect([mila.calls, otto.calls]).toEqual([[], ['cal_1']]))
})

test('[CAL-57] a second before five minutes it is there; a second after them the ciphertext is gone from the object, and its page is told', async () => {
  const tenantId = newTenantId()
  const pops = popsOf(tenantId)
  const line = await listens(pops, 'mila')
  await ring(pops, tenantId, 'cal_1', 'mila')
  try {
    clock.aheadMs = 5 * MINUTES - 1000
    await runDurableObjectAlarm(pops)
    expect(await stored(pops)).toEqual([{ call: 'cal_1', sealed: 'sealed cal_1' }])
    expect(await pops.shown({ memberId: 'mila', now: Date.now() + clock.aheadMs })).toHaveLength(1)
    clock.aheadMs = 5 * MINUTES + 1000
    // Whether or not the alarm has rung, what is over is shown to nobody.
    expect(await pops.shown({ memberId: 'mila', now: Date.now() + clock.aheadMs })).toEqual([])
    await runDurableObjectAlarm(pops)
    expect(await stored(pops)).toEqual([])
    await vi.waitFor(() => expect(line.calls).toEqual([]))
  } finally {
    clock.aheadMs = 0
  }
})

test('an ending that broke off is tried again: the ciphertext is gone at once, the call only once its key is', async () => {
  const tenantId = newTenantId()
  const pops = popsOf(tenantId)
  const now = Date.now()
  await ring(pops, tenantId, 'cal_1', 'mila', now - 6 * MINUTES)
  const alarm = await runInDurableObject(pops, async (object, state) => {
    Object.defineProperty(object, 'ctx', { value: { storage: state.storage, getWebSockets: () => [], exports: { Verbs: { now: async () => now, wake: async () => Promise.reject(new Error('away')) } } } })
    await expect(object.alarm()).rejects.toThrow('away')
    return state.storage.getAlarm()
  })
  expect(await stored(pops)).toEqual([{ call: 'cal_1', sealed: null }])
  expect((alarm ?? 0) - now).toBeGreaterThan(5_000)
  expect(await pops.expire(now)).toEqual(['cal_1'])
  await pops.ended(['cal_1'])
  expect(await stored(pops)).toEqual([])
})

test('whoever is cut off hears nothing more: a member, an account, everybody; of one’s own sessions those that are over', async () => {
  const tenantId = newTenantId()
  const pops = popsOf(tenantId)
  const [mila, milaToo, otto, ada] = [await listens(pops, 'mila', { sid: 'one' }), await listens(pops, 'mila', { sid: 'two' }), await listens(pops, 'otto'), await listens(pops, 'ada')]
  await pops.keepOnly({ accountId: 'acc mila', sids: ['two'] })
  await vi.waitFor(() => expect([mila.closed, milaToo.closed, otto.closed]).toEqual([4001, null, null]))
  expect(await pops.hangUp({ memberId: 'mila' })).toBe(1)
  expect(await pops.hangUp({ accountId: 'acc otto' })).toBe(1)
  await vi.waitFor(() => expect([milaToo.closed, otto.closed, ada.closed]).toEqual([4001, 4001, null]))
  await ring(pops, tenantId, 'cal_1', 'mila')
  expect(await pops.hangUp('everybody')).toBe(1)
  await vi.waitFor(() => expect(ada.closed).toBe(4001))
  expect([mila.calls, milaToo.calls]).toEqual([[], []])
})

test('a line only listens: it answers a ping without waking anybody, whoever says more is cut off, and of too many pages the oldest goes', async () => {
  const pops = popsOf(newTenantId())
  const chatty = await listens(pops, 'otto')
  chatty.say('ping')
  chatty.say('{"pops":[]}')
  await vi.waitFor(() => expect(chatty.closed).toBe(1008))
  const lines: Line[] = []
  for (let n = 0; n < 22; n += 1) lines.push(await listens(pops, 'mila'))
  await vi.waitFor(() => expect(lines.filter(({ closed }) => closed === 4001).length).toBe(2))
  expect(lines.findIndex(({ closed }) => closed === null)).toBe(2)
  expect((await pops.fetch('https://screen-pop/')).status).toBe(426)
})

test('of a call that is done with, and of an organisation that is destroyed, nothing is left', async () => {
  const tenantId = newTenantId()
  const pops = popsOf(tenantId)
  const line = await listens(pops, 'mila')
  await ring(pops, tenantId, 'cal_1', 'mila')
  await pops.dismiss({ callId: 'cal_1', memberId: 'otto', now: Date.now() })
  expect(await pops.shown({ memberId: 'mila', now: Date.now() })).toHaveLength(1)
  await pops.dismiss({ callId: 'cal_1', memberId: 'mila', now: Date.now() })
  expect(await pops.shown({ memberId: 'mila', now: Date.now() })).toEqual([])
  await ring(pops, tenantId, 'cal_2', 'mila')
  await pops.forget()
  expect(await stored(pops)).toEqual([])
  await vi.waitFor(() => expect(line.closed).toBe(4001))
})
