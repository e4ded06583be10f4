import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import type { AccountCtx } from '../../worker/core/ctx.ts'
import { Door } from '../../worker/core/door.ts'
import { reachOf } from '../../worker/core/reach.ts'
import { handlersOf } from '../../worker/entry.ts'
import { failureOf, problem } from '../../worker/problem.ts'
import type { WakeParts } from '../../worker/wake.ts'
import { testClock } from '../support/clock.ts'
import { ORIGIN, type Browser } from '../support/scene.ts'
import { send, type Ask, type Sender } from '../tenancy/ask.ts'
import { entrances, type Entrance } from '../tenancy/route-table.ts'
import type { Outcome, Stage } from './flow.ts'

/** The entrance of this name. */
export function entranceNamed(name: string): Entrance {
  const found = entrances().find((each) => each.name === name)
  if (!found) throw new Error(`there is no ${name}`)
  return found
}

/** Stands for a body that broke off: whoever reads it knows that it has not got all. */
export const BROKEN_OFF = 599

/** An ask through the Worker's own fetch on this stage. What it leaves for later is part of the try. */
export const sent = (sender: Sender, entrance: Entrance, ask: Ask) => (stage: Stage): Promise<Outcome> =>
  send(sender, entrance, ask, {
    fetching: async (request) => {
      const context = createExecutionContext()
      const handlers = handlersOf({ isolate: stage.isolate, clock: testClock })
      const response = await handlers.fetch!(request as Request<unknown, IncomingRequestCfProperties>, stage.env, context) // `as`: a test has no edge in front of it
      const body = await response.arrayBuffer().catch(() => null)
      await waitOnExecutionContext(context)
      if (body === null) return new Response(null, { status: BROKEN_OFF })
      return new Response(response.status === 204 || response.status === 304 ? null : body, response)
    },
  })

/** A verb of a person beside any tenant, through a door on this stage. */
export const asked = (browser: Browser, verb: (account: AccountCtx) => Promise<unknown>, now: number) => (stage: Stage): Promise<Outcome> =>
  told(async () => {
    const later = new Later()
    const request = new Request(`${ORIGIN}/`, { headers: { Cookie: browser.cookies, 'CF-Connecting-IP': '203.0.113.7', 'User-Agent': 'a test' } })
    const reach = await reachOf(stage.env, stage.isolate)
    const door = new Door({ request, reach, now, later: later.later, wakeDrain: (log) => reach.chain.poke(log, now) })
    await verb(await door.account())
    await later.settled()
  })

/** A job on this stage, at `now` or at the clock's. */
export const worked = (job: (parts: WakeParts) => Promise<unknown>, now?: number) => (stage: Stage): Promise<Outcome> =>
  told(async () => {
    const later = new Later()
    await job({ reach: await reachOf(stage.env, stage.isolate), now: now ?? (await testClock()), later: later.later })
    await later.settled()
  })

/** Work left for later: as in production, what fails there fails nothing else. */
class Later {
  readonly #works: Promise<unknown>[] = []
  readonly later = (work: () => Promise<unknown>): void => void this.#works.push(work().catch(() => undefined))
  async settled(): Promise<void> {
    for (const work of this.#works) await work
  }
}

async function told(work: () => Promise<void>): Promise<Outcome> {
  try {
    await work()
    return { status: 200, headers: new Headers(), body: '' }
  } catch (thrown) {
    const { status, headers, body } = problem(failureOf(thrown))
    return { status, headers, body: await new Response(body).text() }
  }
}
