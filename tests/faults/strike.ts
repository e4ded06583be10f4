import { newIsolate } from '../../worker/core/reach.ts'
import { cheapHashes } from '../support/cheap-hashes.ts'
import { clock } from '../support/clock.ts'
import { bindings } from '../support/scene.ts'
import { BROKEN_OFF } from './act.ts'
import { FaultPlan, faultyEnv, TELLTALE, type Kind } from './faulty-env.ts'
import type { Flow, Outcome, Run } from './flow.ts'
import { wrongAtOnce, wrongAtRest } from './invariants.ts'
import type { Home } from '../tenancy/home.ts'

/** Who asked has given up by then, and asks again. */
const GIVEN_UP_MS = 35_000

/** What one strike came to: what was struck, null where the flow has no `n`-th call, and what was not as it ought to be. */
export type Struck = { readonly struck: string | null; readonly calls: number; readonly wrong: readonly string[] }

/**
 * One run of a flow in a fresh isolate whose `n`-th call of any binding goes wrong in this way, and then once more without
 * a fault. In between and in the end no row is without its event and no event without its row.
 */
export async function strike(flow: Flow, home: Home, n: number | null, kind: Kind): Promise<Struck> {
  const run = await flow.begin(home)
  const plan = new FaultPlan(n, kind)
  const isolate = newIsolate(cheapHashes())
  const ahead = clock.aheadMs
  const wrong: string[] = []
  const note = (when: string, said: readonly string[]): void => void wrong.push(...said.map((each) => `${when}: ${each}`))
  try {
    const first = run.act({ env: faultyEnv(bindings, plan), isolate }).catch(broken)
    const outcome = await Promise.race([first, plan.hung])
    if (outcome) note('the answer', wrongWith(outcome))
    if (run.home) note('after the fault', await wrongAtOnce(run.home.tenant, { underWay: outcome === undefined }))
    if (plan.struck === null) {
      if (outcome && outcome.status >= 400) note('without a fault', [`${outcome.status} ${outcome.body.slice(0, 200)}`])
    } else {
      if (!outcome) clock.aheadMs += GIVEN_UP_MS
      note('the second try', await again(run, isolate, outcome === undefined))
      plan.release()
      if (!outcome) note('the answer that came late', wrongWith(await first))
    }
    note('in the end', await run.wrong())
    if (run.home && !flow.ends) note('at rest', await wrongAtRest(run.home.tenant))
    return { struck: plan.struck, calls: plan.calls.length, wrong }
  } finally {
    clock.aheadMs = ahead
  }
}

/** Somebody whose first request still hangs somewhere is told to come again, and does. */
const TRIES = 4
const WAIT_MS = 150

/** The same without a fault: it succeeds, or is refused because it was done already, which `wrong` then has to bear out. */
async function again(run: Run, isolate: ReturnType<typeof newIsolate>, hangs: boolean): Promise<string[]> {
  let outcome = await run.act({ env: bindings, isolate }).catch(broken)
  for (let tries = 2; hangs && tries <= TRIES && outcome.status === 503; tries += 1) {
    await scheduler.wait(WAIT_MS)
    outcome = await run.act({ env: bindings, isolate }).catch(broken)
  }
  if (outcome.status >= 400) await run.mend?.()
  const doneAlready = [401, 403, 404, 409, 410, 412, 422].includes(outcome.status)
  return outcome.status < 400 || doneAlready ? wrongWith(outcome) : [`${outcome.status} ${outcome.body.slice(0, 200)}`]
}

const broken = (thrown: unknown): Outcome => ({ status: 598, headers: new Headers(), body: `the act itself threw: ${thrown instanceof Error ? `${thrown.name}: ${thrown.message} ${thrown.stack}` : String(thrown)}` })

/** What no answer may hold: what the binding said, where our code lies, a key, a hash. */
const telling = [new RegExp(TELLTALE), /\bat [\w.<> ]+\(?[^ ]*\.(ts|js):\d+/, /node_modules/, /D1_ERROR|SQLITE_/, /\$scrypt\$|\$2b\$|-----BEGIN/]
const secrets = [bindings.KEK_1, bindings.KEK_2, bindings.SESSION_MAC_KEY, bindings.AUDIT_SIGNING_KEY].flatMap((secret) => (secret ? [secret] : []))

function wrongWith({ status, headers, body }: Outcome): string[] {
  const said = `${[...headers].map((each) => each.join(': ')).join('\n')}\n${body}`
  const wrong: string[] = []
  if (status >= 500 && status !== BROKEN_OFF && !headers.has('Retry-After')) wrong.push(`${status} does not say when to try again: ${body.slice(0, 300)}`)
  if (telling.some((pattern) => pattern.test(said)) || secrets.some((secret) => said.includes(secret))) wrong.push(`${status} tells too much: ${body.slice(0, 400)}`)
  return wrong
}
