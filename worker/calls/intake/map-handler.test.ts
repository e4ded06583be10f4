import { expect, test } from 'vitest'
import { newDialler } from '../../../tests/support/call-scene.ts'
import { asAdmin, failureOf } from '../../../tests/support/scene.ts'
import { listHandlers, mapHandler, readHandler, removeHandler } from './map-handler.ts'
import { readProviderPage } from './read-provider-page.ts'

test('a word means one member, in whatever capitals, until it is removed; calls that were noted stay whose they are', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  const [mila, vera] = [await line.tenant.someone('member'), await line.tenant.someone('viewer')]
  const { id } = await line.owner.run((ctx) => mapHandler(ctx, line.id, { word: 'Mila@Agency.example', memberId: mila.memberId }))
  expect(await failureOf(line.owner.run((ctx) => mapHandler(ctx, line.id, { word: 'mila@agency.example', memberId: vera.memberId })))).toMatchObject({ code: 'invalid' })
  await line.tell('ringing', 'one', { agent: 'mila@agency.EXAMPLE' })
  await other.tell('ringing', 'one', { agent: 'mila@agency.example' })
  expect((await line.calls()).map(({ memberId }) => memberId)).toEqual([mila.memberId])
  expect((await other.calls()).map(({ memberId }) => memberId)).toEqual([null])

  await line.owner.run((ctx) => removeHandler(ctx, id))
  await line.tell('ringing', 'two', { agent: 'mila@agency.example' })
  expect((await line.calls()).map(({ memberId }) => memberId).toSorted()).toEqual([mila.memberId, null].toSorted())
  expect(await failureOf(line.owner.run((ctx) => removeHandler(ctx, id)))).toEqual({ code: 'not_found' })
})

test('words are seen and noted by whoever holds connections, of this agency’s members and connections only', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  const mila = await line.tenant.someone('member')
  const handler = await line.owner.run((ctx) => mapHandler(ctx, line.id, { word: '101', memberId: mila.memberId }))
  expect(await line.owner.run((ctx) => listHandlers(ctx, line.id))).toEqual([handler])
  expect(await line.owner.run((ctx) => readHandler(ctx, handler.id))).toEqual(handler)
  const page = await line.owner.run((ctx) => readProviderPage(ctx, line.id))
  expect([page.handlers, page.members.map(({ id }) => id).includes(mila.memberId)]).toEqual([[handler], true])

  const admin = await asAdmin(line.tenant)
  expect(await failureOf(admin.run((ctx) => mapHandler(ctx, line.id, { word: '102', memberId: mila.memberId })))).toMatchObject({ code: 'role_required' })
  expect(await failureOf(admin.run((ctx) => listHandlers(ctx, line.id)))).toMatchObject({ code: 'role_required' })
  for (const foreign of [() => other.owner.run((ctx) => mapHandler(ctx, line.id, { word: '103', memberId: other.tenant.owner.memberId })), () => other.owner.run((ctx) => mapHandler(ctx, other.id, { word: '103', memberId: mila.memberId }))]) {
    expect(await failureOf(foreign())).toEqual({ code: 'not_found' })
  }
  expect(await failureOf(other.owner.run((ctx) => listHandlers(ctx, line.id)))).toEqual({ code: 'not_found' })
  expect(await failureOf(other.owner.run((ctx) => readHandler(ctx, handler.id)))).toEqual({ code: 'not_found' })
  expect(await failureOf(other.owner.run((ctx) => readProviderPage(ctx, line.id)))).toEqual({ code: 'not_found' })
})
