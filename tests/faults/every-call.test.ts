import { beforeAll, expect, test } from 'vitest'
import { evidence } from '../support/evidence.ts'
import { isFull, randomFrom, seed } from '../support/figures.ts'
import { asStranger } from '../support/scene.ts'
import { newHome, type Home } from '../tenancy/home.ts'
import { kinds, type Kind } from './faulty-env.ts'
import type { Flow } from './flow.ts'
import { jobFlows } from './job-flows.ts'
import { linkFlows } from './link-flows.ts'
import { personFlows } from './person-flows.ts'
import { strike } from './strike.ts'
import { tenantFlows } from './tenant-flows.ts'

const flows: readonly Flow[] = [...tenantFlows, ...personFlows, ...jobFlows, ...linkFlows]
/** A test run takes so many flows and strikes each so often, in a way that the seed chooses; a full run strikes every call of every flow in every way. */
const FLOWS = 10
const STRIKES = 5
const RUNS_A_HOME = 8

const random = randomFrom(seed)
const below = (limit: number): number => Math.floor(random() * limit)
const scene = { failures: [] as string[], walked: [] as string[], byKind: { before: 0, after: 0, overloaded: 0, hang: 0 } satisfies Record<Kind, number> }

beforeAll(async () => {
  await asStranger().call('/healthz') // the pages are loaded by the first request
  const hosts = new Hosts()
  const chosen = isFull ? flows : flows.toSorted(() => random() - 0.5).slice(0, FLOWS)
  for (const flow of chosen) await walk(flow, hosts)
}, 5_400_000)

/** One call of a flow after the other, until there is no further one. */
async function walk(flow: Flow, hosts: Hosts): Promise<void> {
  const [from, told] = [Date.now(), scene.failures.length]
  let struck = 0
  for (let n = isFull ? 1 : 1 + below(3); isFull || struck < STRIKES; n += isFull ? 1 : 1 + below(3)) {
    const ways: readonly Kind[] = isFull ? kinds : [kinds[below(kinds.length)] ?? 'after']
    let ended = false
    for (const kind of ways) ended = !(await hits(flow, await hosts.next(flow), n, kind)) || ended
    if (ended) break
    struck += 1
  }
  scene.walked.push(flow.name)
  // As they come: a full run takes more than an hour, and what it found must outlive its being stopped.
  console.log([`${flow.name}: ${struck} calls struck, ${Date.now() - from} ms`, ...scene.failures.slice(told)].join('\n  '))
}

/** False where the flow has no `n`-th call any more. */
async function hits(flow: Flow, home: Home, n: number, kind: Kind): Promise<boolean> {
  const { struck, wrong } = await strike(flow, home, n, kind)
  scene.failures.push(...wrong.map((each) => `${flow.name}, call ${n}${struck ? ` (${struck})` : ''}, ${kind}: ${each}`))
  if (struck !== null) scene.byKind[kind] += 1
  return struck !== null
}

/** Tenants in which flows run: a new one now and then, so that nobody's requests of a minute are used up. */
class Hosts {
  #home: Home | undefined
  #runs = 0
  async next(flow: Flow): Promise<Home> {
    if (!this.#home || this.#runs >= RUNS_A_HOME) {
      this.#home = await newHome(`faults${crypto.randomUUID().slice(0, 8)}`)
      this.#runs = 0
    }
    this.#runs = flow.ends ? RUNS_A_HOME : this.#runs + 1
    return this.#home
  }
}

test('whatever call of a binding fails, in whatever way, nothing is half done, the answer says when to try again, and the second try succeeds', () => {
  expect(scene.failures).toEqual([])
  expect(scene.walked).toHaveLength(isFull ? flows.length : FLOWS)
  const { before, after, overloaded, hang } = scene.byKind
  expect(before + after + overloaded + hang).toBeGreaterThan(FLOWS)
  evidence('G13', 'every call of a flow fails once', { seed, flows: scene.walked.length, thrown: before, thrownAfterCommit: after, overloaded, hung: hang, partialStates: scene.failures.length })
})
