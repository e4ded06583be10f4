import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../worker/core/id.ts'
import { mayAs } from '../../worker/core/rights.ts'
import { presets } from '../../worker/core/tenancy/contract.ts'
import { testClock } from '../support/clock.ts'
import { evidence } from '../support/evidence.ts'
import { isFull } from '../support/figures.ts'
import { asStranger, signedIn } from '../support/scene.ts'
import { Attackers, idsIn, naming, principals, tricks, unknown, type Principal, type Trick } from './attackers.ts'
import { send, withBrowser, withKey, type Answer, type Ask } from './ask.ts'
import { chosen, heardOf } from './call-cases.ts'
import { carrierKey } from './carrier-cases.ts'
import { newHome, type Home } from './home.ts'
import { personal } from './personal.ts'
import type { Case } from './case.ts'
import { cases } from './route-cases.ts'
import { entrances, parametersOf, type Entrance } from './route-table.ts'
import { emptyTablesOf, snapshotOf } from './snapshot.ts'

/** Probes of a test run and of a full one; a sweep that shrinks fails. A full one is walked as often as it takes, each time over. */
const PROBES = isFull ? 5000 : 3000

/** A probe: a case of the foreign tenant, sent by one principal in one way. */
type Probe = { readonly entrance: Entrance; readonly case: Case; readonly ask: Ask; readonly absent: Ask; readonly principal: Principal; readonly trick: Trick; readonly data: boolean }

const scene = {} as { victim: Home; other: Home; probes: Probe[]; before: Record<string, string>; failures: string[]; sent: number; /** Milliseconds for a foreign id and for one that is nowhere, each pair one after the other. */ times: { foreign: number; none: number }[] }

beforeAll(async () => {
  const victim = await newHome(`canary${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`)
  for (const each of [() => victim.invitation(), () => victim.member(), () => victim.apiKey(), () => victim.document(), () => victim.document('trashed'), () => carrierKey(victim), () => heardOf(victim), () => chosen(victim)]) await each()
  const probes: Probe[] = []
  const all = entrances()
  for (const each of cases) {
    const entrance = all.find(({ name }) => name === each.entrance)
    if (!entrance) continue
    const whole = await each.ask(victim, withBrowser(victim.owner))
    const ask = each.unproven ? each.unproven(whole) : whole
    const absent = each.absent ? each.absent(ask) : unknown(ask, await testClock())
    for (const [turn, principal] of principals.entries())
      for (const trick of tricksFor(turn))
        if (trick !== 'body' || entrance.method !== 'GET') for (const data of entrance.kind === 'api' ? [false] : [false, true]) probes.push({ entrance, case: each, ask, absent, principal, trick, data })
  }
  Object.assign(scene, { victim, other: await newHome('another tenant'), probes, before: await snapshotOf(victim.tenant), failures: [], sent: 0, times: [] })
  // What takes a sender's own place from it comes last: whoever has none is refused for that alone.
  const takesPlace = (probe: Probe): boolean => probe.case.ends === true && idsIn(probe.ask).length === 0
  do {
    await walk(probes.filter((probe) => !takesPlace(probe)))
    await walk(probes.filter(takesPlace))
  } while (scene.sent < PROBES && isFull)
}, 600_000)

/** A full run tries every principal in every way. A test run tries each as it is and in one way more, by turns: a route meets every way still. */
const tricksFor = (turn: number): readonly Trick[] => (isFull ? tricks : tricks.filter((_, index) => index === 0 || index === 1 + (turn % (tricks.length - 1))))

async function walk(probes: readonly Probe[]): Promise<void> {
  const queue = [...probes]
  await asStranger().call('/healthz') // the entry is loaded by its first request, alone: no other may wait for what that one awaits
  const lane = async (): Promise<void> => {
    const attackers = new Attackers() // its own: two acts of one person at once would spend each other's tickets
    for (let probe = queue.pop(); probe; probe = queue.pop()) await tryOne(attackers, probe)
  }
  await Promise.all([lane(), lane(), lane(), lane()])
}

async function tryOne(attackers: Attackers, probe: Probe): Promise<void> {
  const { entrance, ask, absent, principal, trick, data } = probe
  const sender = await attackers.take(principal, 6)
  const nowhere = newId('ten', await testClock())
  const begun = performance.now()
  const foreign = await send(sender, entrance, naming(ask, trick, scene.victim.tenant.id), { data })
  const between = performance.now()
  const none = await send(sender, entrance, naming(absent, trick, nowhere), { data })
  scene.times.push({ foreign: between - begun, none: performance.now() - between })
  scene.sent += 2
  const where = `${probe.case.entrance}${probe.case.which ? ` (${probe.case.which})` : ''}${data ? ' .data' : ''} as ${principal}, ${trick}`
  const typed = JSON.stringify(naming(ask, trick, scene.victim.tenant.id))
  const leak = scene.victim.canaries.find((canary) => said(foreign).includes(canary) && !typed.includes(canary))
  if (leak) scene.failures.push(`${where}: the answer holds ${leak}`)
  if (foreign.status >= 500) scene.failures.push(`${where}: ${foreign.status}`)
  if (idsIn(ask).length === 0 && probe.case.absent === undefined) {
    // It is about the sender's own tenant, whatever it names; that one changes meanwhile, but not what comes of the request.
    const repeatable = !probe.case.ends && !probe.case.once
    if (repeatable && foreign.status !== none.status) scene.failures.push(`${where}: ${foreign.status} naming another tenant, ${none.status} naming none`)
    return
  }
  const [seen, expected] = [plain(foreign, ask, scene.victim.tenant.id), plain(none, absent, nowhere)]
  if (seen !== expected) scene.failures.push(`${where}: a foreign id and an unknown one can be told apart\n${difference(seen, expected)}`)
  if (!isRefused(foreign)) scene.failures.push(`${where}: ${foreign.status} for another tenant's id`)
}

/** A problem, or a redirect to where somebody proves who it is. Single fetch answers a redirect with 202. */
const isRefused = ({ status, headers, body }: Answer): boolean =>
  status >= 400 || /^\/(sign-in|step-up)/.test(headers.get('Location') ?? '') || (status === 202 && /"\/(sign-in|step-up)/.test(body))

/** Everything an answer says. */
const said = ({ headers, body }: Answer): string => `${[...headers].join('\n')}\n${body}`

/** An answer without what differs between any two requests: what was sent, what was made just now, nonces, moments, counters. */
function plain(answer: Answer, ask: Ask, tenantId: string): string {
  const headers = [...answer.headers].filter(([name]) => !['ratelimit', 'set-cookie', 'date', 'content-length'].includes(name))
  let text = `${answer.status}\n${headers.map((each) => each.join(': ')).join('\n')}\n${answer.body}`
  for (const sent of [...Object.values(ask.params ?? {}), ...idsIn(ask), tenantId]) for (const spelled of [encodeURIComponent(encodeURIComponent(sent)), encodeURIComponent(sent), sent]) text = text.replaceAll(spelled, 'SENT')
  return text
    .replaceAll(/\bcs_(key|cky)_[A-Za-z0-9_.…-]+/g, 'TOKEN')
    .replaceAll(/\b[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{43}\b/g, 'CSRF')
    .replaceAll(/\b[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}\b/g, 'ID')
    .replaceAll(/\bHouse (attacker\d+|[0-9a-f]{8})\b/g, 'OWN HOUSE') // its owner may have renamed it, and the news reach a member's seat between the two
    .replaceAll(/nonce(-|=\\?"|\\?":\\?"|\\?",\\?")[A-Za-z0-9_-]{20,}/g, 'nonce$1')
    .replaceAll(/\b1[6-9]\d{11}\b|\b\d{4}-\d\d-\d\dT[\d:.]+Z|\b\d{1,2} \w{3} \d{4}, [\d:]+ UTC/g, 'MOMENT')
}

function difference(one: string, other: string): string {
  const at = [...one].findIndex((char, index) => char !== other[index])
  return `  …${one.slice(Math.max(0, at - 80), at + 120)}…\n  …${other.slice(Math.max(0, at - 80), at + 120)}…`
}

test('[IFD-86] every route, page and form there is stands in the sweep', () => {
  const known = new Set([...cases.map((each) => each.entrance), ...Object.keys(personal)])
  const missing = entrances().filter(({ name }) => !known.has(name)).map(({ name }) => `${name} is not in the sweep: add a case for it to tests/tenancy/route-cases.ts, naming who may and what it records.`)
  const names = new Set(entrances().map(({ name }) => name))
  const gone = [...known].filter((name) => !names.has(name)).map((name) => `${name} is in the sweep but nowhere else: take its case out.`)
  expect([...missing, ...gone]).toEqual([])
})

test('the foreign tenant has a row in every table, or nobody could tell whether that table leaks', async () => {
  // Made on the way: an outbox row by the request itself, a rotation by its own harness, an answer kept for a repeat.
  const elsewhere = ['idempotency_keys', 'key_rotations', 'deliveries']
  expect((await emptyTablesOf(scene.victim.tenant)).filter((name) => !elsewhere.includes(name)).map((name) => `${name} has no row of the foreign tenant: make one in tests/tenancy/home.ts.`)).toEqual([])
})

test('[IFD-86][IFD-87][SPO-24][SPO-27] an owner, a member, a key, a carrier’s program and a stranger of elsewhere get nothing of a tenant, and cannot tell what it has from what is nowhere', () => {
  expect(scene.failures).toEqual([])
  expect(scene.sent).toBeGreaterThanOrEqual(Math.max(PROBES, cases.length * principals.length * 2))
  // With a parent's id and a child's in one path, the parent would be the attacker's own and the child foreign: the first such way in needs that probe. A sender's name is nobody's id.
  const nested = entrances().filter(({ path }) => parametersOf(path).filter((name) => name !== 'sender').length > 1).map(({ name }) => name)
  expect(nested).toEqual([])
  // Told, not judged: a machine that does other things besides takes its time where it likes.
  const told: Record<string, number> = isFull ? { 'median ms, foreign': median(scene.times.map(({ foreign }) => foreign)), 'median ms, absent': median(scene.times.map(({ none }) => none)), 'difference, %': timeDifference() } : {}
  evidence('G1', 'probes from elsewhere', { probes: scene.sent, entrances: entrances().length, principals: principals.length, tricks: tricks.length, 'ways with a parent’s id and a child’s': nested.length, leaks: 0, writes: 0, ...told })
})

const median = (values: readonly number[]): number => Math.round((values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0) * 100) / 100

/** By how much the median pair differs, in per cent of an answer. */
function timeDifference(): number {
  const differences = scene.times.map(({ foreign, none }) => (foreign - none) / ((foreign + none) / 2 || 1))
  return median(differences.map((each) => each * 100))
}

test('[IFD-87][CLN-19][SPO-26] nothing of the tenant was changed, whatever tenant the body, the query or a header named', async () => {
  expect(await snapshotOf(scene.victim.tenant)).toEqual(scene.before)
})

test('what the sweep looks for is really there: the owner of the tenant finds its word on the same ways', async () => {
  // Two admins by turns, where they may: a hundred requests a minute are all that one person may send, and the owner prepared the sweep.
  const { tenant } = scene.victim
  const anAdmin = async () => withBrowser(await signedIn(await tenant.newSomeone('admin'), tenant.id))
  const [owner, one, other] = [withBrowser(scene.victim.owner), await anAdmin(), await anAdmin()]
  const program = withKey((await carrierKey(scene.victim)).token)
  const seen: string[] = []
  for (const [turn, each] of cases.entries()) {
    const entrance = entrances().find(({ name }) => name === each.entrance)
    if (!entrance || entrance.method !== 'GET') continue
    const adminMay = typeof each.may === 'object' && mayAs('admin', each.may, presets.combined)
    const sender = each.may === 'carrier' ? program : !adminMay ? owner : turn % 2 === 0 ? one : other
    const answer = await send(sender, entrance, await each.ask(scene.victim, sender))
    expect([each.entrance, answer.status < 400 && !/^\/(sign-in|step-up)/.test(answer.headers.get('Location') ?? '')]).toEqual([each.entrance, true])
    if (said(answer).includes(scene.victim.word)) seen.push(each.entrance)
  }
  expect(seen.length).toBeGreaterThanOrEqual(4)
})
