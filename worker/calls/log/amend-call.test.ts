import { expect, test } from 'vitest'
import { newDialler } from '../../../tests/support/call-scene.ts'
import { asOwner, failureOf, reachNow } from '../../../tests/support/scene.ts'
import { callDisposed } from '../pop/module.ts'
import { amendCall } from './amend-call.ts'
import { liveCall, liveCalls } from './live-call.ts'
import { purgeCalls } from './purge-calls.ts'
import { readCall } from './read-call.ts'

const DAY = 86_400_000
const named = (id: string, name: string) => () => ({ set: { matches: 1 }, content: (known: object) => ({ phone: null, transcript: null, text: null, nobody: false, ...known, contact: { id: 'c1', name, ams: 'ams_1' } }), event: callDisposed(id, { disposition: 'helped' }) })

async function rung() {
  const line = await newDialler()
  await line.tell('ringing', 'c')
  const id = (await line.calls())[0]?.id ?? ''
  return { line, id, read: () => line.owner.run((ctx) => readCall(ctx, id)) }
}

test('what is amended while a dialler speaks loses neither: whoever comes second looks again', async () => {
  const { line, id, read } = await rung()
  let spoke = false
  await line.tenant.asJob(async (ctx) => {
    const read = ctx.db.read.bind(ctx.db)
    Object.defineProperty(ctx.db, 'read', {
      value: async (question: Parameters<typeof read>[0]) => {
        const answer = await read(question)
        if (!spoke) await line.tell('transcript', 'c', { transcript: 'Hello.' })
        spoke = true
        return answer
      },
    })
    await amendCall(ctx, id, named(id, 'Maria'))
  })
  expect(await read()).toMatchObject({ call: { matches: 1, hasTranscript: true }, content: { phone: '+14155550132', transcript: 'Hello.', contact: { id: 'c1', name: 'Maria' } } })
})

test('of a call that is purged nothing is sealed again: what stands in clear may still change', async () => {
  const { line, id } = await rung()
  const later = Date.now() + 31 * DAY
  await line.tenant.asJob((ctx) => purgeCalls(ctx, 10), later)
  expect(await line.tenant.asJob((ctx) => liveCall(ctx, id))).toBeNull()
  await line.tenant.asJob((ctx) => amendCall(ctx, id, named(id, 'Maria')))
  const row = await (await reachNow()).shard(line.tenant.shard).prepare('select content, matches, state from calls where id = ?').bind(id).first()
  expect(row).toEqual({ content: null, matches: 1, state: 'purged' })
})

test('another agency’s call is nowhere, to open and to amend', async () => {
  const [{ id }, other] = [await rung(), await rung()]
  expect(await other.line.tenant.asJob((ctx) => liveCall(ctx, id))).toBeNull()
  expect([...(await other.line.tenant.asJob((ctx) => liveCalls(ctx, [id, other.id]))).keys()]).toEqual([other.id])
  expect(await failureOf((await asOwner(other.line.tenant)).run((ctx) => amendCall(ctx, id, named(id, 'Maria'))))).toEqual({ code: 'not_found' })
})
