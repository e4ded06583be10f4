import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { newId } from '../worker/core/id.ts'
import { CODE_TRIES, CODE_WINDOW_MS } from './account-codes.ts'
import type { AccountFactors, FactorStep } from './account-factors.ts'
import type { AccountGuard } from './account-guard.ts'
import { ASKED_MS, TICKET_MS } from './account-tickets.ts'
import type { GuardEvent } from './account-words.ts'
import type { Spend, Told } from './factor-words.ts'

const now = Date.UTC(2026, 10, 22, 12)
const cell = { sealed: 'c2VhbGVk', sealVersion: 1 }
const codes = Array.from({ length: 10 }, (_, at) => String(at).repeat(64))
const told: Told = { done: [], failed: [] }

let sid = ''
let stub: DurableObjectStub<AccountGuard>

beforeEach(async () => {
  const bindings = env as unknown as { ACCOUNT_GUARD: DurableObjectNamespace<AccountGuard> } // `as`: the product's bindings
  stub = bindings.ACCOUNT_GUARD.get(bindings.ACCOUNT_GUARD.idFromName(newId('acc', now)))
  sid = await openSession()
})

test('a ticket is good once, for its own act and session, and only after its person confirmed', async () => {
  const spend = { sid, binding: 'reveal-1' }
  const id = await askTicket(spend)
  expect(await ask('spendTicket', spend, now)).toBe(false)
  await ask('usePassword', { grant: { kind: 'exact', sid, ticketId: id }, now, told })
  expect(await ask('spendTicket', { sid, binding: 'reveal-2' }, now)).toBe(false)
  expect(await ask('spendTicket', { sid: 'ses_other', binding: 'reveal-1' }, now)).toBe(false)
  const spent = await Promise.all(Array.from({ length: 200 }, () => ask('spendTicket', spend, now)))
  expect(spent.filter(Boolean)).toHaveLength(1)
})

test('a granted ticket lives 120 seconds, and a clock set back does not revive it', async () => {
  const spend = await ticket('a')
  expect(await ask('spendTicket', spend, now + TICKET_MS)).toBe(true)
  const late = await ticket('b')
  expect(await ask('spendTicket', late, now + TICKET_MS + 1)).toBe(false)
  expect(await ask('spendTicket', late, now)).toBe(false)
})

test('a ticket nobody confirms is forgotten, and another session cannot see or confirm it', async () => {
  const spend = { sid, binding: 'x' }
  const id = await askTicket(spend)
  const other = await openSession()
  expect(await ask('ticket', id, other, now)).toBeNull()
  expect(await ask('usePassword', { grant: { kind: 'exact', sid: other, ticketId: id }, now, told })).toEqual({ ok: false, reason: 'ticket' })
  expect(await ask('ticket', id, sid, now)).toMatchObject({ id, verb: 'core.test', granted: false })
  expect(await ask('ticket', id, sid, now + ASKED_MS + 1)).toBeNull()
})

test('an authenticator costs a ticket, counts only after its first code, and brings the recovery codes', async () => {
  expect(await ask('beginTotp', { ticket: { sid, binding: 'begin' }, id: 'fac_1', cell, now })).toEqual({ ok: false, reason: 'ticket' })
  expect(await ask('beginTotp', { ticket: await ticket('begin'), id: 'fac_1', cell, now })).toEqual({ ok: true })
  expect(await ask('view')).toMatchObject({ totp: null, enrolled: false, codesLeft: 0 })
  expect(await ask('confirmTotp', { sid, id: 'fac_1', step: null, codes, now, told })).toEqual({ ok: false, reason: 'wrong' })
  expect(await ask('pendingTotp', 'ses_other', now)).toBeNull()
  expect(await ask('confirmTotp', { sid, id: 'fac_1', step: 100, codes, now, told })).toEqual({ ok: true, codesKept: true })
  expect(await ask('view')).toMatchObject({ totp: { id: 'fac_1', confirmedAt: now }, enrolled: true, codesLeft: 10 })
})

test('adding a factor ends every other session and lets this one stay', async () => {
  const other = await openSession()
  await enrol()
  const left = (await stub.listSessions(now)).map((session) => session.sid)
  expect(left).toEqual([sid])
  expect(left).not.toContain(other)
})

test('one time step proves once, from whichever of 200 requests comes first, and no older step after it', async () => {
  await enrol()
  const grant = { kind: 'recent', sid } as const
  const many = await Promise.all(Array.from({ length: 200 }, () => ask('useTotp', { id: 'fac_1', step: 200, grant, now, told })))
  expect(many.filter((proved) => proved.ok)).toHaveLength(1)
  expect(await ask('useTotp', { id: 'fac_1', step: 199, grant, now, told })).toEqual({ ok: false, reason: 'used' })
  expect(await ask('useTotp', { id: 'fac_1', step: 201, grant, now, told })).toMatchObject({ ok: true })
})

test('of 1,000 tries at once five get to see the secret; the next window gives five more', async () => {
  await enrol()
  const many = await Promise.all(Array.from({ length: 1000 }, () => ask('tryTotp', now)))
  expect(many.filter((taken) => taken.ok)).toHaveLength(CODE_TRIES)
  expect(await ask('tryTotp', now + CODE_WINDOW_MS - 1)).toEqual({ ok: false, reason: 'locked', until: now + CODE_WINDOW_MS })
  expect(await ask('tryTotp', now + CODE_WINDOW_MS)).toMatchObject({ ok: true })
})

test('a recovery code works in exactly one of 200 requests, and ten wrong ones do not touch it', async () => {
  await enrol()
  const asked = { hash: codes[3] ?? '', grant: { kind: 'recent', sid } as const, now, told }
  const many = await Promise.all(Array.from({ length: 200 }, () => ask('useCode', asked)))
  expect(many.filter((proved) => proved.ok)).toHaveLength(1)
  expect(await ask('view')).toMatchObject({ codesLeft: 9 })
  for (let wrong = 0; wrong < 10; wrong += 1) await ask('useCode', { ...asked, hash: 'f'.repeat(64), now: now + wrong * CODE_WINDOW_MS })
  expect(await ask('view')).toMatchObject({ codesLeft: 9 })
})

test('new recovery codes void every old one', async () => {
  await enrol()
  const fresh = codes.map((hash) => hash.replaceAll(/./g, 'a').slice(0, 63) + hash[0])
  expect(await ask('replaceCodes', { ticket: { sid, binding: 'regenerate' }, codes: fresh, now, told })).toEqual({ ok: false, reason: 'ticket' })
  expect(await ask('replaceCodes', { ticket: await ticket('regenerate'), codes: fresh, now, told })).toEqual({ ok: true })
  const grant = { kind: 'recent', sid } as const
  expect(await ask('useCode', { hash: codes[0] ?? '', grant, now, told })).toEqual({ ok: false, reason: 'wrong' })
  expect(await ask('useCode', { hash: fresh[0] ?? '', grant, now, told })).toEqual({ ok: true, codesLeft: 9 })
})

test('a password is not enough once something stronger is set up', async () => {
  const grant = { kind: 'recent', sid } as const
  expect(await ask('usePassword', { grant, now, told })).toMatchObject({ ok: true })
  await enrol()
  expect(await ask('usePassword', { grant, now, told })).toEqual({ ok: false, reason: 'stronger' })
})

test('the last factor stays while a tenant requires one, and takes the recovery codes with it once it may go', async () => {
  await enrol()
  const off = await ticket('off')
  await stub.remember({ seats: [seat('required')] })
  expect(await ask('disableTotp', { ticket: off, now, told })).toEqual({ ok: false, reason: 'last' })
  await addPasskey('first')
  expect(await ask('disableTotp', { ticket: off, now, told })).toEqual({ ok: true })
  const remove = await ticket('remove')
  expect(await ask('removePasskey', { ticket: remove, id: 'first', now, told })).toEqual({ ok: false, reason: 'last' })
  await stub.remember({ seats: [] })
  expect(await ask('removePasskey', { ticket: remove, id: 'first', now, told })).toEqual({ ok: true })
  expect(await ask('view')).toMatchObject({ enrolled: false, codesLeft: 0 })
})

test('a challenge is answered once in 200 tries, and a counter that does not rise is refused', async () => {
  await addPasskey('key')
  const use = (hash: string, counter: number) =>
    ask('usePasskey', { id: 'key', counter, backedUp: false, challenge: { hash, expiresAt: now + 1000 }, grant: { kind: 'recent', sid }, now, told })
  const many = await Promise.all(Array.from({ length: 200 }, (_, at) => use('one', at + 2)))
  expect(many.filter((proved) => proved.ok)).toHaveLength(1)
  expect(await use('two', 1)).toEqual({ ok: false, reason: 'used' })
  expect(await use('two', 999)).toEqual({ ok: false, reason: 'challenge' })
  expect(await use('three', 999)).toMatchObject({ ok: true })
})

test('what is told stands in the outbox with the change, and nothing stands there for what did not happen', async () => {
  const events = (name: string): GuardEvent[] => [{ id: newId('evt', now), name, subject: 'acc', meta: {}, actorKind: 'account', at: now, personal: null }]
  const both = () => ({ done: events('done'), failed: events('failed') })
  await enrol()
  await ask('useCode', { hash: 'f'.repeat(64), grant: { kind: 'recent', sid }, now, told: both() })
  await ask('useCode', { hash: codes[0] ?? '', grant: { kind: 'recent', sid }, now, told: both() })
  await ask('disableTotp', { ticket: { sid, binding: 'no ticket' }, now, told: both() })
  expect((await stub.outbox(10)).rows.map((row) => row.name)).toEqual(['failed', 'done'])
})

/** One step in the guard. */
async function ask<S extends FactorStep>(step: S, ...asked: Parameters<AccountFactors[S]>): Promise<ReturnType<AccountFactors[S]>> {
  return (await stub.factor(step, asked as never)) as ReturnType<AccountFactors[S]> // `as`, twice: a stub knows the steps only all together
}

async function openSession(): Promise<string> {
  const opened = newId('ses', now)
  await stub.openSession({ sid: opened, secretHash: opened, now, mfaAt: null, provenAt: null, activeTenant: null, origin: { hash: 'h', sealed: '' }, browser: null, events: [] })
  return opened
}

const askTicket = (spend: Spend) => ask('askTicket', { id: newId('tkt', now), ...spend, verb: 'core.test', tenant: null, row: null, field: null }, now)

/** A granted ticket for an act of this name. */
async function ticket(binding: string): Promise<Spend> {
  const spend = { sid, binding }
  const grant = { kind: 'exact', sid, ticketId: await askTicket(spend) } as const
  const { enrolled, totp } = await ask('view')
  const challenge = { hash: binding, expiresAt: now + 1 }
  if (totp) await ask('useTotp', { id: totp.id, step: nextStep(), grant, now, told })
  else if (enrolled) await ask('usePasskey', { id: 'first', counter: nextStep(), backedUp: false, challenge, grant, now, told })
  else await ask('usePassword', { grant, now, told })
  return spend
}

const steps = { last: 300 }
const nextStep = () => ++steps.last

async function enrol(): Promise<void> {
  await ask('beginTotp', { ticket: await ticket('enrol'), id: 'fac_1', cell, now })
  await ask('confirmTotp', { sid, id: 'fac_1', step: 100, codes, now, told })
}

const addPasskey = (id: string) =>
  ask('addPasskey', {
    sid,
    challenge: { hash: `add ${id}`, expiresAt: now + 1000 },
    passkey: { id, name: cell, publicKey: 'cHVibGlj', counter: 1, transports: ['internal'], deviceType: 'singleDevice', backedUp: false, aaguid: '' },
    codes,
    now,
    told,
  })

const seat = (mode: string) => ({
  tenantId: 'ten_1', shard: 'SHARD_1', sealVersion: 1, policyVersion: 1, role: 'member', memberId: 'mem_1', name: 'Acme', kind: 'agency', preset: 'combined', policy: { 'mfa.mode': mode },
})
