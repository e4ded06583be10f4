import { expect, test } from 'vitest'
import { withBrowser, send, withKey } from './ask.ts'
import { newHome } from './home.ts'
import { entrances } from './route-table.ts'
import { newTrace } from '../support/watched-env.ts'
import { traced } from './traced.ts'

/** What a signed-in read may ask of the outside once it is warm: its guard, and its shard (design §1, budget). */
const BUDGET = 2

test('a warm signed-in read asks its guard once and its shard once, and a key’s does the same', async () => {
  const home = await newHome('counted')
  const key = (await home.apiKey()).token
  const reads = { 'GET /api/v1/members': /^SHARD_\d$/, 'GET /api/v1/documents': /^SHARD_\d$/ }
  for (const [name, shard] of Object.entries(reads)) {
    const entrance = entrances().find((each) => each.name === name)
    if (!entrance) throw new Error(`there is no ${name}`)
    for (const [sender, guard] of [[withBrowser(home.owner), 'ACCOUNT_GUARD.present'], [withKey(key), 'KEY_GUARD.present']] as const) {
      await send(sender, entrance, {}, { fetching: (request) => traced(request, newTrace()) }) // unwraps the tenant's roots, seals the session's origin
      const trace = newTrace()
      const { status } = await send(sender, entrance, {}, { fetching: (request) => traced(request, trace) })
      expect([name, status, trace.calls.length]).toEqual([name, 200, BUDGET])
      expect(trace.calls[0]).toBe(guard)
      expect(trace.calls[1]).toMatch(shard)
    }
  }
})

test('a warm page of a signed-in person keeps to it too', async () => {
  const home = await newHome('counted')
  const owner = withBrowser(home.owner)
  const entrance = entrances().find(({ name }) => name === 'GET /people')
  if (!entrance) throw new Error('there is no people page')
  await send(owner, entrance, {}, { fetching: (request) => traced(request, newTrace()) })
  const trace = newTrace()
  await send(owner, entrance, {}, { fetching: (request) => traced(request, trace) })
  expect(trace.calls).toHaveLength(BUDGET)
})
