import { expect, test } from 'vitest'
import { newDialler, type Dialler } from '../../../tests/support/call-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { asMember, asViewer, reachNow } from '../../../tests/support/scene.ts'
import { CAP_MS } from '../log/module.ts'
import { purgeCalls } from '../log/purge-calls.ts'
import type { CallFigures } from './contract.ts'
import { readFigures } from './read-figures.ts'

const HOUR_MS = 3_600_000

/** Three calls in, one of them missed, one out, one text. */
async function busyLine(): Promise<Dialler> {
  const line = await newDialler()
  const at = (await testClock()) - 2 * HOUR_MS
  const call = async (id: string, seconds: number, data: Record<string, unknown> = {}) => {
    await line.tell('ringing', id, { at, ...data })
    await line.tell('answered', id, { at: at + 5_000, ...data })
    await line.tell('ended', id, { at: at + (5 + seconds) * 1000, duration: seconds, ...data })
  }
  await call('one', 120)
  await call('two', 60)
  await line.tell('ringing', 'three', { at })
  await line.tell('missed', 'three', { at: at + 20_000 })
  await call('four', 30, { direction: 'outbound' })
  await line.tell('sms', 'five', { at, text: 'Canary text.' })
  return line
}

const figures = (line: Dialler): Promise<CallFigures> => line.owner.run((ctx) => readFigures(ctx, { period: '7' }))

test('what calls come to: volume, answer rate and talk time, by day and together', async () => {
  const { totals, days } = await figures(await busyLine())
  expect(totals).toEqual({ inbound: 3, outbound: 1, messages: 1, answered: 3, unanswered: 1, answerRate: 2 / 3, talkS: 210 })
  expect(days).toHaveLength(7)
  expect(days.reduce((sum, { inbound, outbound, messages }) => sum + inbound + outbound + messages, 0)).toBe(5)
  expect(days.reduce((sum, { talkS }) => sum + talkS, 0)).toBe(210)
})

test('[CAL-14][CAL-86] a viewer sees the dashboard, whose figures are the same before and after the purge and name nobody; the call log is not a viewer’s', async () => {
  const [line, other] = [await busyLine(), await newDialler()]
  const viewer = await asViewer(line.tenant)
  const seen = async () => {
    const answer = await viewer.call('/api/v1/call-figures?period=90')
    expect(answer.status).toBe(200)
    return (await answer.json()) as CallFigures
  }
  const before = await seen()
  expect(before.totals).toMatchObject({ inbound: 3, outbound: 1, messages: 1 })
  expect(await line.tenant.asJob((ctx) => purgeCalls(ctx, 50), (await testClock()) + CAP_MS + 120_000)).toBe(5)
  const after = await seen()
  expect({ totals: after.totals, days: after.days }).toEqual({ totals: before.totals, days: before.days })
  expect(after.purged).toEqual({ bySync: 0, byCap: 5 })
  expect(JSON.stringify(after)).not.toMatch(/0132|Canary|mem_|cal_|Mila/)
  const page = await viewer.page('/calls/dashboard')
  expect([page.status, (await viewer.page('/calls')).status, (await viewer.call('/api/v1/calls')).status, (await viewer.page('/calls/leaderboard')).status]).toEqual([200, 403, 403, 403])
  const html = await page.text()
  expect(html).toContain('Answer rate')
  expect(html).not.toMatch(/0132|Canary|cal_[0-7]/)
  expect((await asViewer(other.tenant).then((browser) => browser.run((ctx) => readFigures(ctx, { period: '90' })))).totals).toMatchObject({ inbound: 0, outbound: 0, messages: 0, answerRate: null })
})

test('a viewer changes nothing of calls: each way to change something is refused', async () => {
  const line = await newDialler()
  const viewer = await asViewer(line.tenant)
  const asked = await Promise.all([
    viewer.call('/api/v1/call-leaderboard/opt-out', { method: 'POST' }), viewer.call('/api/v1/call-leaderboard/opt-out', { method: 'DELETE' }),
    viewer.call('/api/v1/call-connections', { method: 'POST', json: { provider: 'dialpad', label: 'Mine' } }), viewer.call('/api/v1/assistant', { method: 'DELETE' }),
  ])
  expect(asked.map(({ status }) => status)).toEqual([403, 403, 403, 403])
})

test('how soon calls are written down and forgotten is told by percentiles that were measured, and the cap is told apart', async () => {
  const line = await busyLine()
  const shard = (await reachNow()).shard(line.tenant.shard)
  const ids = (await line.calls()).toSorted((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id)).map(({ id }) => id)
  for (const [at, id] of ids.entries())
    await shard.prepare("update calls set sync_state = 'synced', synced_at = ended_at + ?, state = 'purged', purged_at = ended_at + ?, purged_by = ? where id = ?").bind(180_000 + at * 1000, 181_000 + at * 1000, at === 4 ? 'cap' : 'sync', id).run()
  const { sync, purge, purged, notes } = await figures(line)
  expect(sync).toEqual({ count: 5, p50: 182_000, p90: 184_000, p99: 184_000 })
  expect(purge).toEqual({ count: 4, p50: 182_000, p90: 184_000, p99: 184_000 })
  expect([purged, notes]).toEqual([{ bySync: 4, byCap: 1 }, { synced: 5, waiting: 0, unknown: 0, dead: 0 }])
})

test('a member sees the figures too; before the first call there is nothing to measure', async () => {
  const line = await newDialler()
  const member = await asMember(line.tenant)
  expect(await member.run((ctx) => readFigures(ctx, { period: '30' }))).toMatchObject({ sync: null, purge: null, totals: { answerRate: null } })
  expect((await member.page('/calls/dashboard')).status).toBe(200)
  expect((await member.call('/api/v1/call-figures?period=31')).status).toBe(422)
})
