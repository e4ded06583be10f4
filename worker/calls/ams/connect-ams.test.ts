import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { amsDouble, TOKEN } from '../../../tests/support/ams-scene.ts'
import { newTenant, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, asViewer, entriesOf, failureOf, reachNow, type Browser } from '../../../tests/support/scene.ts'
import { connectAms } from './connect-ams.ts'
import { ConnectAms } from './contract.ts'
import { listAms } from './list-ams.ts'
import { amsCredentials } from './module.ts'
import { plainMapping } from './plain-mapping.ts'
import { revokeAms, revokedAms } from './revoke-ams.ts'
import { testAms } from './test-ams.ts'
import { withAms } from './with-ams.ts'

async function house(): Promise<{ tenant: TestTenant; owner: Browser }> {
  const tenant = await newTenant({ preset: 'callintel' })
  return { tenant, owner: await asOwner(tenant) }
}

const wanted = (address: string): ConnectAms => ({ kind: 'rest', label: 'Our AMS', address, auth: { by: 'bearer', token: TOKEN }, mapping: plainMapping })
const listed = (owner: Browser) => owner.run((ctx) => listAms(ctx, { limit: 10 }))
const rows = async (tenant: TestTenant) => (await (await reachNow()).shard(tenant.shard).prepare('select * from ams_connections where tenant_id = ?').bind(tenant.id).all<Record<string, unknown>>()).results

test('[CAL-15] the owner saves what the AMS gave it, tries it, and sees it nowhere again', async () => {
  const { tenant, owner } = await house()
  const ams = amsDouble()
  const made = await owner.run((ctx) => connectAms(ctx, wanted(ams.address)))
  expect(made).toMatchObject({ secret: null, connection: { kind: 'rest', label: 'Our AMS', state: 'active', testedAt: null } })
  expect(await owner.run((ctx) => testAms(ctx, made.connection.id, {}))).toEqual({ trouble: null, contacts: null })
  const shown = await listed(owner)
  expect(shown.connections).toEqual([expect.objectContaining({ id: made.connection.id, testTrouble: null, testedAt: expect.any(Number) })])
  for (const said of [made, shown, await rows(tenant)]) expect(JSON.stringify(said)).not.toContain(TOKEN)
  expect((await entriesOf(tenant.id, 'calls.ams.connected')).map(({ subject, meta }) => [subject, meta])).toEqual([[made.connection.id, { kind: 'rest' }]])
})

test('[CAL-84] under CallIntel’s preset nobody but the owner sees, makes, tries or revokes the connection; another tenant’s is nowhere', async () => {
  const [{ tenant, owner }, other] = [await house(), await house()]
  const ams = amsDouble()
  const { connection } = await owner.run((ctx) => connectAms(ctx, wanted(ams.address)))
  for (const browser of [await asAdmin(tenant), await asMember(tenant), await asViewer(tenant)]) {
    for (const verb of [listed(browser), browser.run((ctx) => connectAms(ctx, wanted(ams.address))), browser.run((ctx) => testAms(ctx, connection.id, {})), browser.run((ctx) => revokeAms(ctx, connection.id))]) expect(await failureOf(verb)).toMatchObject({ code: 'role_required' })
  }
  expect(await failureOf(other.owner.run((ctx) => testAms(ctx, connection.id, {})))).toEqual({ code: 'not_found' })
  expect(await failureOf(other.owner.run((ctx) => revokeAms(ctx, connection.id)))).toEqual({ code: 'not_found' })
  expect((await listed(other.owner)).connections).toEqual([])
  const stale = await asOwner(tenant, { proven: false })
  expect(await failureOf(stale.run((ctx) => connectAms(ctx, wanted(ams.address))))).toMatchObject({ code: 'step_up_required', mode: 'recent' })
})

test('what an AMS gave us stays until it is revoked, and is gone from the row with that very change; afterwards there is room for another', async () => {
  const { tenant, owner } = await house()
  const ams = amsDouble()
  const { connection } = await owner.run((ctx) => connectAms(ctx, wanted(ams.address)))
  expect(await failureOf(owner.run((ctx) => connectAms(ctx, wanted(ams.address))))).toMatchObject({ code: 'conflict', state: 'exists' })
  expect(await owner.run((ctx) => revokeAms(ctx, connection.id))).toMatchObject({ id: connection.id, state: 'revoked' })
  expect(await owner.run((ctx) => revokedAms(ctx, connection.id))).toMatchObject({ id: connection.id, state: 'revoked' })
  expect((await rows(tenant)).map(({ content }) => content)).toEqual([null])
  expect(await failureOf(owner.run((ctx) => testAms(ctx, connection.id, {})))).toEqual({ code: 'not_found' })
  expect(await failureOf(owner.run((ctx) => revokeAms(ctx, connection.id)))).toMatchObject({ code: 'conflict' })
  expect(ams.asked).toEqual([])
  await owner.run((ctx) => connectAms(ctx, wanted(ams.address)))
  expect((await listed(owner)).connections.map(({ state }) => state)).toEqual(['active', 'revoked'])
})

test('[CAL-26] what an AMS gave us lies in no table of either agency in clear; sealed a thousand times it is a thousand ciphertexts with as many nonces, and one changed bit opens nothing', async () => {
  const [one, other] = [await house(), await house()]
  const ams = amsDouble()
  for (const { owner } of [one, other]) await owner.run((ctx) => connectAms(ctx, wanted(ams.address)))
  const reach = await reachNow()
  for (const { tenant } of [one, other]) {
    const shard = reach.shard(tenant.shard)
    const tables = (await shard.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_cf%'").all<{ name: string }>()).results
    const dump = JSON.stringify(await Promise.all(tables.map(async ({ name }) => (await shard.prepare(`select * from "${name}"`).all()).results)))
    for (const spelling of [TOKEN, btoa(TOKEN), [...TOKEN].map((char) => char.charCodeAt(0).toString(16)).join('')]) expect(dump).not.toContain(spelling)
  }
  const cells = await one.owner.run(async (ctx) => Promise.all(Array.from({ length: 1000 }, () => ctx.vault.seal(amsCredentials, 'ams_1', { origin: 'https://ams.example', by: 'bearer', token: TOKEN }))))
  const bytes = cells.map(({ sealed }) => atob(sealed))
  expect([new Set(bytes).size, new Set(bytes.map((each) => each.slice(0, 12))).size]).toEqual([1000, 1000])

  const [row] = await rows(one.tenant)
  const changed = String(row?.['content']).replace(/.(?=.{20}$)/, (char) => (char === 'A' ? 'B' : 'A'))
  await reach.shard(one.tenant.shard).prepare('update ams_connections set content = ? where id = ?').bind(changed, row?.['id']).run()
  await expect(one.tenant.asJob((ctx) => withAms(ctx, 'look_up', (each) => each.findByPhone('+14155550132')))).rejects.toThrow()
  expect(ams.asked).toEqual([])
  expect(await other.tenant.asJob((ctx) => withAms(ctx, 'look_up', (each) => each.test()))).toEqual({ ok: true, value: null })
})

test('an address that may not be called is refused as it is typed: no IP address, no local name, not ourselves, https alone', async () => {
  const { owner } = await house()
  for (const address of ['http://ams.example', 'https://10.0.0.1', 'https://localhost', 'https://ams.internal', 'https://user:word@ams.example', 'https://ams.example:8443']) {
    expect(await failureOf(owner.run((ctx) => connectAms(ctx, wanted(address)))), address).toMatchObject({ code: 'invalid', errors: [{ pointer: '/address' }] })
  }
})

test('the secret that signs a webhook is made here and shown once', async () => {
  const { tenant, owner } = await house()
  const { connection, secret } = await owner.run((ctx) => connectAms(ctx, { kind: 'webhook', label: 'Our own', address: 'https://notes.agency.example/in' }))
  expect(() => new Webhook(secret ?? '')).not.toThrow()
  expect(JSON.stringify([connection, await listed(owner), await rows(tenant)])).not.toContain(secret)
})

test('a mapping that cannot be followed is refused at the very place: unknown braces, none where one is needed, steps back, what is no pointer', () => {
  const place = (change: (mapping: typeof plainMapping) => unknown) => {
    const parsed = ConnectAms.safeParse({ ...wanted('https://ams.example'), mapping: change(structuredClone(plainMapping)) })
    return parsed.success ? null : parsed.error.issues.map(({ path }) => path.join('/'))
  }
  expect(place((mapping) => mapping)).toBeNull()
  expect(place((mapping) => ({ ...mapping, contacts: { ...mapping.contacts, path: '/contacts' } }))).toEqual(['mapping/contacts/path'])
  expect(place((mapping) => ({ ...mapping, contacts: { ...mapping.contacts, path: '/contacts/{phone}/{secret}' } }))).toEqual(['mapping/contacts/path'])
  expect(place((mapping) => ({ ...mapping, test: { path: '/../admin' } }))).toEqual(['mapping/test/path'])
  expect(place((mapping) => ({ ...mapping, test: { path: '/%2e%2E/admin' } }))).toEqual(['mapping/test/path'])
  expect(place((mapping) => ({ ...mapping, note: { ...mapping.note, put: { ...mapping.note.put, text: 'text' } } }))).toEqual(['mapping/note/put/text'])
  expect(place((mapping) => ({ ...mapping, contacts: { ...mapping.contacts, id: '/a~2b' } }))).toEqual(['mapping/contacts/id'])
  expect(place((mapping) => ({ ...mapping, surprise: 1 }))).toEqual(['mapping'])
})
