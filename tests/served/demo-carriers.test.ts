import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { ServedSandbox } from './sandbox.ts'

const scene = {} as { sandbox: ServedSandbox }

beforeAll(async () => {
  scene.sandbox = await ServedSandbox.start(inject('demoState'))
  await seed()
}, 300_000)
afterAll(() => scene.sandbox?.stop(), 60_000)

type Key = { carrier: string; fmo: string; token: string }

const seed = () => fetch(`${scene.sandbox.origin}/sandbox/seed`, { method: 'POST', headers: { origin: scene.sandbox.origin } })
const text = async (path: string): Promise<string> => (await fetch(`${scene.sandbox.origin}${path}`)).text()
const keys = async (): Promise<Key[]> => JSON.parse(await text('/sandbox/carrier-keys.json')) as Key[] // `as`: the sandbox's own list
const listed = async ({ token }: Key) => {
  const answer = await fetch(`${scene.sandbox.origin}/api/carrier/v1/applications`, { headers: { Authorization: `Bearer ${token}` } })
  return { status: answer.status, applications: ((await answer.json()) as { applications: { status: string }[] }).applications } // `as`: the route's own answer
}
const rowsOfKeys = async () => (await scene.sandbox.everywhere<{ n: number }>('SELECT count(*) AS n FROM api_keys WHERE carrier_id IS NOT NULL', ['SHARD_1', 'SHARD_2'])).reduce((sum, { n }) => sum + n, 0)

test('each carrier of the demo has a key, and the sandbox shows the command that lists what was handed over to it', async () => {
  const [all, page] = [await keys(), await text('/sandbox')]
  expect(all.map(({ carrier, fmo }) => `${carrier} at ${fmo}`).toSorted()).toEqual(['Evergreen Life at Harbor FMO', 'Summit Mutual at Beacon Marketing', 'Summit Mutual at Harbor FMO'])
  for (const { token } of all) expect(page).toContain(`Authorization: Bearer ${token}`)
  const [evergreen, ...others] = all.toSorted((a, b) => a.carrier.localeCompare(b.carrier))
  if (!evergreen) throw new TypeError('no key')
  expect(await listed(evergreen)).toMatchObject({ status: 200, applications: [{}] })
  for (const key of others) expect(await listed(key)).toEqual({ status: 200, applications: [] })
})

test('a demo carrier’s key stands nowhere else: not among the sign-ins that npm start prints, not in a mail, not in clear in a table', async () => {
  const [{ token } = { token: 'none' }] = await keys()
  for (const path of ['/sandbox/accounts.json', '/sandbox/outbox.json']) expect(await text(path)).not.toContain(token)
  const rows = await scene.sandbox.rows<{ content: unknown }>('DIRECTORY', 'SELECT hex(content) AS content FROM sandbox_carrier_keys')
  expect(rows.length).toBe(3)
  expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex').toUpperCase())
})

test('adding missing demo rows again makes no second key', async () => {
  const [before, issued] = [await keys(), await rowsOfKeys()]
  expect((await seed()).status).toBe(200)
  expect([await keys(), await rowsOfKeys()]).toEqual([before, issued])
  expect(issued).toBe(3)
})
