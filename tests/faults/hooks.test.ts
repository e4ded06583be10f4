import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { readCall } from '../../worker/calls/log/read-call.ts'
import { newIsolate } from '../../worker/core/reach.ts'
import { handlersOf } from '../../worker/entry.ts'
import { newDialler } from '../support/call-scene.ts'
import { testClock } from '../support/clock.ts'
import { bindings, drained, entriesOf } from '../support/scene.ts'
import { FaultPlan, faultyEnv } from './faulty-env.ts'

for (const kind of ['before', 'after', 'overloaded'] as const) {
  test(`whatever call of a binding fails (${kind}) while a message is taken, the sender that comes again finds it durable: one call, told once, its words readable`, async () => {
    const [line, other] = [await newDialler(), await newDialler()]
    const wrong: string[] = []
    for (let n = 1; ; n += 1) {
      const plan = new FaultPlan(n, kind)
      const handlers = handlersOf({ isolate: newIsolate(), clock: testClock })
      const fetching = async (request: Request): Promise<Response> => {
        const context = createExecutionContext()
        const answer = await handlers.fetch!(request as Request<unknown, IncomingRequestCfProperties>, faultyEnv(bindings, plan), context) // `as`: a test has no edge in front of it
        await waitOnExecutionContext(context)
        return answer
      }
      const [words, now] = [`What was said, ${n}.`, await testClock()]
      const say = (more: Parameters<typeof line.tell>[3]) => line.tell('transcript', `call-${n}`, { at: now, transcript: words }, { id: `m${n}`, now, ...more })
      const first = await say({ fetching })
      if (first.status >= 400 && !first.headers.has('Retry-After')) wrong.push(`call ${n} (${plan.struck}): ${first.status} does not say when to come again`)
      const again = await say({})
      if (again.status !== 200) wrong.push(`call ${n} (${plan.struck}): the second try was answered ${again.status}`)
      const [call, ...more] = (await line.calls()).filter(({ startedAt }) => startedAt === now).slice(0, 1)
      const opened = call ? await line.owner.run((ctx) => readCall(ctx, call.id)).catch(() => null) : null
      if (more.length > 0 || opened?.content?.transcript !== words) wrong.push(`call ${n} (${plan.struck}): ${opened ? 'its words are others' : 'cannot be opened'}`)
      if (plan.struck === null) {
        expect(wrong).toEqual([])
        expect(n).toBeGreaterThan(5)
        expect(await line.calls()).toHaveLength(n)
        await drained(line.tenant.id)
        expect(await entriesOf(line.tenant.id, 'calls.call.heard')).toHaveLength(n)
        break
      }
    }
    expect(await other.calls()).toEqual([])
  }, 120_000)
}
