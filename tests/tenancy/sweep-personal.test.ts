import { beforeAll, expect, test } from 'vitest'
import { newTenant, type TestTenant } from '../support/new-tenant.ts'
import { asStranger, reachNow, signedIn, type Browser } from '../support/scene.ts'
import { send, withBrowser, type Ask } from './ask.ts'
import { newHome, type Home } from './home.ts'
import { personal } from './personal.ts'
import { entrances, parametersOf, type Entrance } from './route-table.ts'
import { snapshotOf } from './snapshot.ts'

const walked = entrances().filter(({ name }) => name in personal)

let victim: Home
let elsewhere: TestTenant
let stranger: () => Promise<Browser>
let session: { sid: string }

beforeAll(async () => {
  victim = await newHome(`canary${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`)
  await victim.member()
  elsewhere = await newTenant()
  const theirs = await signedIn(victim.tenant.owner, victim.tenant.id)
  if (!theirs.session) throw new Error('the owner has no session')
  session = theirs.session
  stranger = async () => asStranger()
}, 60_000)

/** Everything of the foreign tenant that a personal form could be told, under every name such a form has. */
function told(): Record<string, string> {
  const { tenant } = victim
  return { tenant: tenant.id, tenant_id: tenant.id, tenantId: tenant.id, account: tenant.owner.accountId, accountId: tenant.owner.accountId, member: tenant.owner.memberId, session: session.sid, sid: session.sid, role: 'owner' }
}

async function ask(entrance: Entrance): Promise<Ask> {
  const params = Object.fromEntries(parametersOf(entrance.path).map((name) => [name, 'nowhere']))
  return { params, query: told(), headers: { 'X-Tenant-Id': victim.tenant.id }, ...(entrance.method === 'POST' ? { form: told() } : {}) }
}

test('every personal entrance exists, and none of them has become a tenant’s', () => {
  const names = new Set(entrances().map(({ name }) => name))
  expect(Object.keys(personal).filter((name) => !names.has(name))).toEqual([])
})

test('whatever a personal page or form is told of a foreign tenant, it says nothing of it, changes nothing in it, and never fails', async () => {
  const before = await snapshotOf(victim.tenant)
  const failures: string[] = []
  for (const entrance of walked) {
    for (const browser of [await signedIn(elsewhere.owner, elsewhere.id), await signedIn(await elsewhere.someone('member'), elsewhere.id), await stranger()]) {
      const asked = await ask(entrance)
      const answer = await send(withBrowser(browser), entrance, asked)
      const said = `${[...answer.headers].join('\n')}\n${answer.body}`
      const typed = JSON.stringify(asked)
      const leak = victim.canaries.find((canary) => said.includes(canary) && !typed.includes(canary))
      if (leak) failures.push(`${entrance.name}: the answer holds ${leak}`)
      if (answer.status >= 500) failures.push(`${entrance.name}: ${answer.status}`)
    }
  }
  expect(failures).toEqual([])
  expect(await snapshotOf(victim.tenant)).toEqual(before)
}, 180_000)

test('the session that a stranger named is as alive as before', async () => {
  const { guards } = await reachNow()
  const rows = await guards.of(victim.tenant.owner.accountId).listSessions(Date.now())
  expect(rows.map(({ sid }) => sid)).toContain(session.sid)
})
