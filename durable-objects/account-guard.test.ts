import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { newId } from '../worker/core/id.ts'
import { presets, type PresetName } from '../worker/core/tenancy/contract.ts'
import type { AccountGuard } from './account-guard.ts'
import type { GuardEvent, SeatCopy } from './account-words.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const now = Date.UTC(2026, 10, 22)
const origin = { hash: 'here', sealed: 'sealed-here' }
const namespace = (env as unknown as { ACCOUNT_GUARD: DurableObjectNamespace<AccountGuard> }).ACCOUNT_GUARD // `as`: made in wrangler.test.toml

/** A guard nobody else has, and what a browser with a session does. */
function scene(): { guard: DurableObjectStub<AccountGuard>; open: typeof open; present: typeof present } {
  const guard = namespace.get(namespace.idFromName(newId('acc', now)))
  const open = async (sid: string, more: { now?: number; mfaAt?: number | null; browser?: string | null; events?: GuardEvent[] } = {}) =>
    guard.openSession({ sid, secretHash: `secret of ${sid}`, now, mfaAt: null, provenAt: now, activeTenant: null, origin, browser: null, events: [], ...more })
  const present = async (sid: string, at: number, secretHash = `secret of ${sid}`) => guard.present({ sid, secretHash, nextSecretHash: `next of ${secretHash}`, now: at, counts: true })
  return { guard, open, present }
}

const seat = (tenantId: string, preset: PresetName = 'combined', more: Partial<SeatCopy> = {}): SeatCopy => ({
  tenantId, shard: 'SHARD_1', sealVersion: 1, policyVersion: 1, role: 'member', memberId: 'mem', name: tenantId, kind: 'agency', preset, policy: presets[preset], ...more,
})
const event = (name: string): GuardEvent => ({ id: newId('evt', now), name, subject: 'acc', meta: {}, actorKind: 'account', at: now, personal: null })

test('a session is known by its sid and its secret; either one wrong is nobody', async () => {
  const { open, present } = scene()
  await open('a')
  expect(await present('a', now)).toMatchObject({ ok: true, session: { sid: 'a', openedAt: now, activeTenant: null }, origin, rotated: false })
  expect(await present('a', now, 'another')).toEqual({ ok: false })
  expect(await present('b', now, 'secret of a')).toEqual({ ok: false })
  expect(await scene().present('a', now)).toEqual({ ok: false })
})

test('seven idle days end a session, sliding: used on day 6.9 it lives on, left for seven days and a minute it is over', async () => {
  const { open, present } = scene()
  await open('a')
  const used = now + 6.9 * DAY
  const rotated = await present('a', used)
  expect(rotated).toMatchObject({ ok: true, rotated: true })
  const secret = 'next of secret of a'
  expect(await present('a', used + 6.9 * DAY, secret)).toMatchObject({ ok: true })
  expect(await present('a', used + 13.9 * DAY + MINUTE, `next of ${secret}`)).toEqual({ ok: false })
})

test('an idle session is over for good: a clock set back does not revive it', async () => {
  const { open, present } = scene()
  await open('a')
  expect(await present('a', now + 7 * DAY + MINUTE)).toEqual({ ok: false })
  expect(await present('a', now + MINUTE)).toEqual({ ok: false })
})

test('no session outlives thirty days, however busy', async () => {
  const { open, present } = scene()
  await open('a')
  let secret = 'secret of a'
  for (let day = 1; day <= 30; day += 1) {
    const answer = await present('a', now + day * DAY, secret)
    expect(answer).toMatchObject({ ok: true })
    if (answer.ok && answer.rotated) secret = `next of ${secret}`
  }
  expect(await present('a', now + 30 * DAY + MINUTE, secret)).toEqual({ ok: false })
})

test('the secret changes after a day; the old one serves what is under way for a minute and then nobody', async () => {
  const { open, present } = scene()
  await open('a')
  expect(await present('a', now + DAY - 1)).toMatchObject({ ok: true, rotated: false })
  expect(await present('a', now + DAY)).toMatchObject({ ok: true, rotated: true })
  expect(await present('a', now + DAY + MINUTE)).toMatchObject({ ok: true, rotated: false })
  expect(await present('a', now + DAY + MINUTE + 1)).toEqual({ ok: false })
  expect(await present('a', now + DAY + MINUTE, 'next of secret of a')).toMatchObject({ ok: true, rotated: false })
})

test('of many requests at the moment of rotation exactly one is handed the next secret', async () => {
  const { open, present } = scene()
  await open('a')
  const answers = await Promise.all(Array.from({ length: 50 }, () => present('a', now + DAY)))
  expect(answers.every(({ ok }) => ok)).toBe(true)
  expect(answers.filter((answer) => answer.ok && answer.rotated)).toHaveLength(1)
})

test('a changed role gives every session a new secret with its next answer', async () => {
  const { guard, open, present } = scene()
  await guard.remember({ seats: [seat('ten_a')] })
  await open('a')
  await guard.rememberSeat('ten_a', seat('ten_a', 'combined', { name: 'renamed' }))
  expect(await present('a', now)).toMatchObject({ ok: true, rotated: false })
  await guard.rememberSeat('ten_a', seat('ten_a', 'combined', { role: 'viewer' }))
  expect(await present('a', now)).toMatchObject({ ok: true, rotated: true, seats: [{ role: 'viewer' }] })
})

test('who loses its seat in a tenant works in it no more', async () => {
  const { guard, open, present } = scene()
  await guard.remember({ seats: [seat('ten_a'), seat('ten_b')] })
  await open('a')
  await guard.switchTenant({ sid: 'a', tenantId: 'ten_b', nextSecretHash: 'moved', now, events: [] })
  expect(await present('a', now, 'moved')).toMatchObject({ ok: true, session: { activeTenant: 'ten_b' } })
  await guard.rememberSeat('ten_b', null)
  const answer = await present('a', now, 'moved')
  expect(answer).toMatchObject({ ok: true, session: { activeTenant: null } })
  expect(answer.ok && answer.seats.map(({ tenantId }) => tenantId)).toEqual(['ten_a'])
})

test('no session goes to a tenant without a seat there', async () => {
  const { guard, open, present } = scene()
  await guard.remember({ seats: [seat('ten_a')] })
  await open('a')
  expect(await guard.switchTenant({ sid: 'a', tenantId: 'ten_z', nextSecretHash: 'moved', now, events: [] })).toBe(false)
  expect(await present('a', now, 'moved')).toEqual({ ok: false })
})

test('somebody in two tenants is held to the stricter value of each', async () => {
  const { guard } = scene()
  const strict = { ...presets.combined, 'session.idle_days': 1, 'auth.lockout.threshold': 3, 'mfa.mode': 'required' as const }
  await guard.remember({ seats: [seat('ten_a', 'spartan'), seat('ten_b', 'combined', { policy: strict })] })
  const { terms } = await guard.recall()
  expect(terms).toMatchObject({ idleMs: DAY, absoluteMs: 30 * DAY, lockAfter: 3, lockMs: 3_600_000, countMfa: true, mfa: 'required', passwordHash: 'scrypt' })
  await guard.remember({ seats: [seat('ten_a', 'spartan')] })
  expect((await guard.recall()).terms).toMatchObject({ lockMs: 900_000, countMfa: false, passwordHash: 'bcrypt12', passwordMin: 15 })
})

test('the hundred-and-first request in a minute is refused, another person’s is not, and the next minute is new', async () => {
  const [{ open, present }, other] = [scene(), scene()]
  await open('a')
  await other.open('a')
  const allowed = async (at: number, who = present) => {
    const answer = await who('a', at)
    return answer.ok && answer.limit.allowed
  }
  for (let n = 0; n < 100; n += 1) expect(await allowed(now + n)).toBe(true)
  expect(await allowed(now + 59_999)).toBe(false)
  expect(await allowed(now + 59_999, other.present)).toBe(true)
  expect(await allowed(now + 60_000)).toBe(true)
})

test('a password change ends every session but the one it was made in, whose old secret is worth nothing at once', async () => {
  const { guard, open, present } = scene()
  for (const sid of ['a', 'b', 'c']) await open(sid)
  expect(await guard.setPassword({ hash: 'phc', proven: null, keep: { sid: 'a', nextSecretHash: 'fresh' }, now, events: [] })).toBe(2)
  for (const sid of ['a', 'b', 'c']) expect(await present(sid, now)).toEqual({ ok: false })
  expect(await present('a', now, 'fresh')).toMatchObject({ ok: true })
})

test('a password change that hung while the next was made comes too late: neither the hash nor the secret of its session is its own', async () => {
  const { guard, open, present } = scene()
  await open('a')
  await guard.setPassword({ hash: 'first', proven: null, keep: null, now, events: [] })
  await open('a')
  const proven = now
  expect(await guard.setPassword({ hash: 'next', proven, keep: { sid: 'a', nextSecretHash: 'next' }, now: now + 2, events: [] })).toBe(0)
  expect(await guard.setPassword({ hash: 'hung', proven, keep: { sid: 'a', nextSecretHash: 'hung' }, now: now + 1, events: [] })).toBeNull()
  expect(await guard.passwordForCheck({ now: now + 3, browser: null, device: 'd' })).toMatchObject({ hash: 'next', changedAt: now + 2 })
  expect(await present('a', now + 3, 'next')).toMatchObject({ ok: true })
})

test('a token works once: of two hundred at a time exactly one is told so', async () => {
  const { guard } = scene()
  for (let round = 0; round < 5; round += 1) {
    await guard.mintToken({ hash: `t${round}`, kind: 'reset', now, expiresAt: now + MINUTE, payload: {} })
    const answers = await Promise.all(Array.from({ length: 200 }, () => guard.redeemToken({ hash: `t${round}`, kind: 'reset', now, events: [] })))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.filter((answer) => !answer.ok && answer.why === 'used')).toHaveLength(199)
  }
})

test('a token is good for its kind only, until its last millisecond, and an expired one stays dead when the clock goes back', async () => {
  const { guard } = scene()
  await guard.mintToken({ hash: 't', kind: 'reset', now, expiresAt: now + MINUTE, payload: { n: 1 } })
  const redeem = (kind: 'reset' | 'not_me', at: number) => guard.redeemToken({ hash: 't', kind, now: at, events: [] })
  expect(await redeem('not_me', now)).toEqual({ ok: false, why: 'unknown' })
  expect(await guard.lookToken({ hash: 't', kind: 'reset', now: now + MINUTE })).toEqual({ ok: true, payload: { n: 1 } })
  expect(await redeem('reset', now + MINUTE + 1)).toEqual({ ok: false, why: 'expired' })
  expect(await redeem('reset', now)).toEqual({ ok: false, why: 'used' })
})

test('a thousand wrong passwords at once: ten are handed the hash, and the right one must wait', async () => {
  const { guard } = scene()
  await guard.setPassword({ hash: 'phc', proven: null, keep: null, now, events: [] })
  const asked = await Promise.all(Array.from({ length: 1000 }, (_, n) => guard.passwordForCheck({ now, browser: `browser ${n}`, device: 'd' })))
  expect(asked.filter(({ state }) => state === 'go')).toHaveLength(10)
  expect(await guard.passwordForCheck({ now: now + 3_599_999, browser: null, device: 'd' })).toEqual({ state: 'locked', until: now + 3_600_000, known: false })
  expect(await guard.passwordForCheck({ now: now + 3_600_000, browser: null, device: 'd' })).toMatchObject({ state: 'go' })
})

test('events are numbered without gaps for the deployment and for each tenant that wants them, and kept until they are sealed', async () => {
  const { guard, open } = scene()
  await guard.remember({ seats: [seat('ten_on'), seat('ten_off', 'inforcedesk')] })
  await open('a', { events: [event('core.session.opened')] })
  await guard.closeSession({ sid: 'a', now, events: [event('core.session.closed')] })
  const { rows, highs } = await guard.outbox(10)
  expect(rows.map(({ destination, n, name }) => [destination, n, name])).toEqual([
    ['platform', 1, 'core.session.opened'], ['platform', 2, 'core.session.closed'],
    ['ten_on', 1, 'core.session.opened'], ['ten_on', 2, 'core.session.closed'],
  ])
  expect(highs).toEqual({ platform: 2, ten_on: 2 })
  await guard.released('ten_on', 1)
  expect((await guard.outbox(10)).rows.map(({ destination, n }) => [destination, n])).toEqual([['platform', 1], ['platform', 2], ['ten_on', 2]])
})

test('what changed nothing is recorded nowhere', async () => {
  const { guard } = scene()
  expect(await guard.closeSession({ sid: 'gone', now, events: [event('core.session.closed')] })).toBe(false)
  expect((await guard.outbox(10)).rows).toEqual([])
})
