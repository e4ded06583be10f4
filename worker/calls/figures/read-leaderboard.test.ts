import { expect, test } from 'vitest'
import { newDialler, type Dialler } from '../../../tests/support/call-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { asAdmin, asViewer, entriesOf, failureOf, signedIn, type Browser } from '../../../tests/support/scene.ts'
import type { Ranking } from './contract.ts'
import { joinLeaderboard, leaveLeaderboard } from './leave-leaderboard.ts'
import { readLeaderboard } from './read-leaderboard.ts'

/** Mila answers two short calls, Max a long one; somebody missed one. */
async function office() {
  const line = await newDialler()
  const [mila, max] = [await line.tenant.someone('member'), await line.tenant.newSomeone('member')]
  await line.means('101', mila.memberId)
  await line.means('102', max.memberId)
  for (const [call, agent, duration] of [['a', '101', 60], ['b', '101', 61], ['c', '102', 600]] as const) {
    await line.tell('answered', call, { agent })
    await line.tell('ended', call, { agent, duration })
  }
  await line.tell('missed', 'd', { agent: '102' })
  return { line, mila, max, milas: await signedIn(mila, line.tenant.id), maxs: await signedIn(max, line.tenant.id) }
}

const board = (browser: Browser, by: Ranking = 'calls') => browser.run((ctx) => readLeaderboard(ctx, { period: '7', by }))
const ranks = async (browser: Browser, by: Ranking = 'calls') => (await board(browser, by)).places.map(({ rank, memberId, calls, talkS }) => [rank, memberId, calls, talkS])

test('[CAL-13] members are ranked by calls answered or by time spoken in a period; it opens for an agent and tells nothing of callers', async () => {
  const { line, mila, max, milas, maxs } = await office()
  expect(await ranks(milas)).toEqual([[1, mila.memberId, 2, 121], [2, max.memberId, 1, 600]])
  expect(await ranks(milas, 'minutes')).toEqual([[1, max.memberId, 1, 600], [2, mila.memberId, 2, 121]])
  expect((await board(milas)).places.map(({ own }) => own)).toEqual([true, false])
  const html = await (await maxs.page('/calls/leaderboard?by=minutes')).text()
  expect(html).toContain('Mila Member')
  expect(html).not.toMatch(/0132|cal_[0-7]/)
  expect(await failureOf(board(await asViewer(line.tenant)))).toMatchObject({ code: 'role_required' })
})

test('calls of before the period do not count, and those with the same figure share a rank', async () => {
  const { line, max, milas } = await office()
  await line.tell('answered', 'e', { agent: '102' })
  await line.tell('ended', 'e', { agent: '102', duration: 5 })
  expect((await ranks(milas)).map(([rank]) => rank)).toEqual([1, 1])
  const later = (await testClock()) + 8 * 86_400_000
  expect(await line.tenant.asJob(async (ctx) => (await readLeaderboard(ctx, { period: '7', by: 'calls' })).places, later)).toEqual([])
  expect((await line.tenant.asJob((ctx) => readLeaderboard(ctx, { period: '30', by: 'calls' }), later)).places.map(({ memberId }) => memberId)).toContain(max.memberId)
})

test('whoever asks to be left out is on nobody’s list, not on an admin’s; nobody else can ask it, and it can be taken back', async () => {
  const { line, mila, max, milas, maxs } = await office()
  await milas.run(leaveLeaderboard)
  await milas.run(leaveLeaderboard)
  for (const browser of [milas, maxs, await asAdmin(line.tenant), line.owner]) expect(await ranks(browser)).toEqual([[1, max.memberId, 1, 600]])
  expect([(await board(milas)).left, (await board(maxs)).left]).toEqual([true, false])
  expect(await (await milas.page('/calls/leaderboard')).text()).toContain('You are left out')
  await milas.run(joinLeaderboard)
  expect(await ranks(maxs)).toEqual([[1, mila.memberId, 2, 121], [2, max.memberId, 1, 600]])
  expect((await entriesOf(line.tenant.id, 'calls.leaderboard.left')).map(({ subject }) => subject)).toEqual([mila.memberId])
  expect((await entriesOf(line.tenant.id, 'calls.leaderboard.joined')).map(({ subject }) => subject)).toEqual([mila.memberId])
  expect(await failureOf(line.tenant.asJob(leaveLeaderboard))).toMatchObject({ code: 'role_required' })
})

test('another agency’s members and their wish to be left out are nowhere', async () => {
  const [one, other]: [Awaited<ReturnType<typeof office>>, Dialler] = [await office(), await newDialler()]
  const stranger = await asAdmin(other.tenant)
  expect(await board(stranger)).toMatchObject({ places: [], left: false })
  await stranger.run(leaveLeaderboard)
  expect(await ranks(one.milas)).toHaveLength(2)
})
