import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { newDialler, type Dialler } from '../../../tests/support/call-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { bindings, reachNow } from '../../../tests/support/scene.ts'
import { newTrace, watched } from '../../../tests/support/watched-env.ts'
import { newIsolate } from '../../core/reach.ts'
import { handlersOf } from '../../entry.ts'
import { readCall } from './read-call.ts'
import { stockKeys } from './stock-keys.ts'

const guardOf = async ({ tenant }: Dialler) => (await reachNow()).hookGuards.of(tenant.id)
const keysOf = async ({ tenant }: Dialler) => (await bindings.KEYS.list({ prefix: `salts/${tenant.id}/call/` })).objects.map(({ key }) => key.split('/').at(-1) ?? '')
const stocked = async ({ tenant }: Dialler, now?: number) => stockKeys({ reach: await reachNow(), now: now ?? (await testClock()), later: (work) => void work() }, tenant.id)
const numbers = (line: Dialler) => line.owner.run(async (ctx) => Promise.all((await line.calls()).map(async ({ id }) => (await readCall(ctx, id)).content?.phone)))

/** A ring, and what it asked of the bucket of keys before it was answered and after. */
async function ring(line: Dialler, session: string): Promise<{ status: number; puts: number; gets: number }> {
  const trace = newTrace()
  const handlers = handlersOf({ isolate: newIsolate(), clock: testClock })
  const { status } = await line.tell('ringing', session, {}, {
    fetching: async (request) => {
      const context = createExecutionContext()
      const answer = await handlers.fetch!(request as Request<unknown, IncomingRequestCfProperties>, watched(bindings, trace, { on: true }), context) // `as`: a test has no edge in front of it
      await waitOnExecutionContext(context)
      return answer
    },
  })
  return { status, puts: trace.calls.filter((call) => call === 'KEYS.put').length, gets: trace.calls.filter((call) => call === 'KEYS.get').length }
}

test('a new call takes a key that was made ahead: its ring puts none into the bucket, and what is sealed under it is read again', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  expect((await ring(line, 'first')).puts).toBe(1) // nobody made one ahead
  await stocked(line)
  const before = await keysOf(line)
  expect(before).toHaveLength(65)
  const { status, puts } = await ring(line, 'second')
  expect([status, puts]).toEqual([200, 0])
  expect((await keysOf(line)).toSorted()).toEqual(before.toSorted())
  expect(before).toEqual(expect.arrayContaining((await line.calls()).map(({ id }) => id)))
  expect(await numbers(line)).toEqual(['+14155550132', '+14155550132'])
  expect(await keysOf(other)).toEqual([])
})

test('where the guard has lost a key’s bytes with its memory, the bucket has them', async () => {
  const line = await newDialler()
  await stocked(line)
  const ids = await keysOf(line)
  await (await guardOf(line)).forget()
  await line.owner.run((ctx) => ctx.reach.hookGuards.of(line.tenant.id).refusals(line.id)) // it is there, and knows of nothing
  const { id } = await newDialler('standard', line.tenant)
  expect(id).not.toBe(line.id)
  await (await guardOf(line)).stockKeys({ made: ids.map((each) => ({ id: each, salt: null })), settled: [] })
  const call = await line.tenant.asJob(async (ctx) => {
    const key = await ctx.reach.hookGuards.of(ctx.tenant.id).takeKey(ctx.now)
    const vault = await ctx.vault.withSaltAhead('call', key?.id ?? '', null)
    const again = await ctx.vault.withSalt('call', key?.id ?? '')
    const field = { name: 'calls.call.content', table: 'calls', column: 'content', class: 'content', scope: 'tenant', salt: 'call', holds: [] } as const
    return again.open(field, key?.id ?? '', await vault.seal(field, key?.id ?? '', { phone: 'heard' }))
  })
  expect(call).toEqual({ phone: 'heard' })
})

test('a key that was handed out and has no call an hour later is destroyed; a call’s key stays, and so do another agency’s', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  await Promise.all([line, other].map((each) => stocked(each)))
  const lost = await (await guardOf(line)).takeKey(await testClock())
  await line.tell('ringing', 'kept')
  const [call] = await line.calls()
  await stocked(line, (await testClock()) + 3_599_000)
  expect(await keysOf(line)).toEqual(expect.arrayContaining([lost?.id, call?.id]))
  await stocked(line, (await testClock()) + 3_601_000)
  const kept = await keysOf(line)
  expect([kept.includes(lost?.id ?? ''), kept.includes(call?.id ?? '')]).toEqual([false, true])
  expect(await numbers(line)).toEqual(['+14155550132'])
  expect(await keysOf(other)).toHaveLength(64)
})

test('should an id ever be handed out twice, the second call is refused it and takes another; the first keeps its key', async () => {
  const line = await newDialler()
  await line.tell('ringing', 'one')
  const [first] = await line.calls()
  await (await guardOf(line)).stockKeys({ made: [{ id: first?.id ?? '', salt: null }], settled: [] })
  expect((await line.tell('ringing', 'two', { phone: '+1 415 555 0177' })).status).toBe(200)
  expect((await numbers(line)).toSorted()).toEqual(['+14155550132', '+14155550177'])
})

test('for an organisation that was destroyed meanwhile no key is left behind', async () => {
  const line = await newDialler()
  await (await guardOf(line)).forget()
  await stocked(line)
  expect(await keysOf(line)).toEqual([])
})
