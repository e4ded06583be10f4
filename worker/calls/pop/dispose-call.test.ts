import { expect, test, vi } from 'vitest'
import { listensAs, popHouse, popOf, popsOf, ringAt } from '../../../tests/support/pop-scene.ts'
import { entriesOf, failureOf, signedIn } from '../../../tests/support/scene.ts'
import { disposeCall } from './dispose-call.ts'

test('one tap says what came of a call: it stands in the log of calls, and no page shows the call any more', async () => {
  const { line, mila, tenant } = await popHouse()
  const [page, second] = [await listensAs(mila), await listensAs(mila)]
  await ringAt(line)
  const { call } = await popOf(mila)
  await mila.run((ctx) => disposeCall(ctx, call.id, { disposition: 'follow_up' }))
  expect((await line.calls()).map(({ disposition }) => disposition)).toEqual(['follow_up'])
  expect((await entriesOf(tenant.id, 'calls.call.disposed')).map(({ meta }) => meta)).toEqual([{ disposition: 'follow_up' }])
  expect(await popsOf(mila)).toEqual([])
  await vi.waitFor(() => expect([page.calls, second.calls]).toEqual([[], []]))
})

test('the last word counts, also of a call that rang long ago; a colleague’s call and another agency’s are nobody’s to say', async () => {
  const [{ line, mila, tenant }, other] = [await popHouse(), await popHouse()]
  await ringAt(line)
  const { call } = await popOf(mila)
  const dispose = (browser: typeof mila, disposition: 'helped' | 'unwanted', now?: number) => browser.run((ctx) => disposeCall(ctx, call.id, { disposition }), now)
  await dispose(mila, 'helped')
  await dispose(mila, 'unwanted', Date.now() + 10 * 60_000)
  const admin = await signedIn(await tenant.newSomeone('admin'), tenant.id)
  const viewer = await signedIn(await tenant.newSomeone('viewer'), tenant.id)
  expect([await failureOf(dispose(admin, 'helped')), await failureOf(dispose(other.mila, 'helped'))]).toEqual([{ code: 'not_found' }, { code: 'not_found' }])
  expect(await failureOf(dispose(viewer, 'helped'))).toMatchObject({ code: 'role_required' })
  expect((await line.calls()).map(({ disposition }) => disposition)).toEqual(['unwanted'])
})
