import { afterEach, expect, test } from 'vitest'
import { clock } from '../../../tests/support/clock.ts'
import { eventsAbout, linkTo, listed, upload } from '../../../tests/support/document-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { pdf } from '../../../tests/support/sample-files.ts'
import { asAdmin, asMember, asOwner, asStranger, asViewer, bindings, Browser, drained, ORIGIN, signedIn } from '../../../tests/support/scene.ts'
import { signOut } from '../identity/sign-out.ts'
import { changePolicy } from '../tenancy/change-policy.ts'
import { tenantPrefix } from './bucket.ts'

afterEach(() => {
  clock.aheadMs = 0
})

const MINUTE = 60_000
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())

/** Another browser with the same cookies: what a thief of a cookie has. */
function copyOf(browser: Browser): Browser {
  const copy = new Browser(null)
  for (const pair of browser.cookies.split('; ')) copy.setCookie(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  return copy
}

test('[CIQ-32] a link with any one character of path, end or signature changed opens nothing', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const [document, other] = [await upload(member), await upload(member)]
  const path = await linkTo(member, document)
  const [, , , , expires = '', signature = ''] = path.split('/')
  const changed = [
    path.replace(document.id, other.id),
    path.replace(expires, String(Number(expires) + 1)),
    path.replace(expires, `${expires}0`),
    ...[0, 20, 42].map((at) => path.replace(signature, `${signature.slice(0, at)}${signature[at] === 'A' ? 'B' : 'A'}${signature.slice(at + 1)}`)),
    path.slice(0, -1),
    `${path}A`,
    `${path}?download=1`,
    `${path}/`,
    path.replace('doc_', '%64oc_'),
    path.replace('/file/', '/file//'),
  ]
  for (const each of changed) {
    const answer = await member.call(each)
    expect([403, 404], each).toContain(answer.status)
    expect(answer.status === 404 ? 'elsewhere' : (await answer.json<{ code: string }>()).code).toMatch(/link_refused|elsewhere/)
  }
  expect((await member.call(path, { method: 'HEAD' })).status).toBe(405)
  expect((await member.call(path)).status).toBe(200)
})

test('[CIQ-33][CIQ-34] a link lives fifteen minutes and not a second longer, and a late try stands in the log', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const document = await upload(member)
  const path = await linkTo(member, document)
  await drained(tenant.id)
  clock.aheadMs = 14 * MINUTE + 55_000
  expect((await member.call(path)).status).toBe(200)
  await drained(tenant.id)
  clock.aheadMs = 15 * MINUTE + 5000
  const late = await member.call(path)
  expect(late.status).toBe(410)
  expect(await eventsAbout(tenant.id, document.id)).toEqual(['core.document.begun', 'core.document.uploaded', 'core.document.url_issued', 'core.document.downloaded', 'core.document.link_refused'])
})

test('[CIQ-33] a tenant that says five minutes gets links that die after five', async () => {
  const [tenant, elsewhere] = [await newTenant(), await newTenant()]
  await (await asOwner(tenant)).run((ctx) => changePolicy(ctx, { version: 1, values: { 'doc.url_ttl_min': 5 } }))
  const [here, there] = [await asMember(tenant), await asMember(elsewhere)]
  const [short, long] = [await linkTo(here, await upload(here)), await linkTo(there, await upload(there))]
  for (const { id } of [tenant, elsewhere]) await drained(id)
  clock.aheadMs = 4 * MINUTE + 50_000
  expect((await here.call(short)).status).toBe(200)
  for (const { id } of [tenant, elsewhere]) await drained(id)
  clock.aheadMs = 5 * MINUTE + 5000
  expect([(await here.call(short)).status, (await there.call(long)).status]).toEqual([410, 200])
})

test('[CIQ-35] a link works for the session that asked for it, and for no other of the same person, of a colleague, of a stranger or another tenant', async () => {
  const [tenant, elsewhere] = [await newTenant(), await newTenant()]
  const member = await asMember(tenant)
  const document = await upload(member)
  const path = await linkTo(member, document)
  const others = [await asMember(tenant), await asOwner(tenant), await asAdmin(tenant), await asViewer(tenant), await asMember(elsewhere), await signedIn(await tenant.someone('member'), elsewhere.id), asStranger()]
  for (const other of others) {
    const answer = await other.call(path)
    expect(answer.status).toBe(403)
    expect((await answer.json<{ code: string }>()).code).toBe('link_refused')
  }
  expect((await member.call(path)).status).toBe(200)
})

test('[CIQ-36] a link dies with its session: after signing out it is refused within its time, in every browser', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const document = await upload(member)
  const path = await linkTo(member, document)
  expect((await member.call(path)).status).toBe(200)
  const copied = copyOf(member)
  await member.runAsAccount(signOut)
  expect((await copied.call(path)).status).toBe(403)
  expect((await member.call(path)).status).toBe(403)
  expect((await (await asMember(tenant)).call(path)).status).toBe(403)
})

test('[CIQ-59] making a link and using it each stand in the log, and a listing leaves no link behind', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const document = await upload(member)
  await member.call(await linkTo(member, document))
  await listed(member)
  expect(await eventsAbout(tenant.id, document.id)).toEqual(['core.document.begun', 'core.document.uploaded', 'core.document.url_issued', 'core.document.downloaded'])
})

test('a byte changed, cut off or added in the bucket aborts the download', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const document = await upload(member, { bytes: pdf(...Array.from({ length: 3000 }, (_, index) => `line ${index}`)) })
  const [object] = (await bindings.DOCUMENTS.list({ prefix: `${tenantPrefix(tenant.id)}${document.id}/` })).objects
  const stored = await bytesOf(new Response((await bindings.DOCUMENTS.get(object!.key))!.body))
  const flipped = stored.slice()
  flipped[stored.length - 5]! ^= 1
  for (const damaged of [flipped, stored.slice(0, -1), Uint8Array.from([...stored, 0]), stored.slice(0, 64 * 1024 + 28)]) {
    await bindings.DOCUMENTS.put(object!.key, damaged)
    const path = await linkTo(member, document)
    await expect(member.call(path).then((answer) => answer.arrayBuffer())).rejects.toThrow()
  }
})

test('a person without a live session gets 403 at a link and 401 at the list', async () => {
  const stranger = asStranger()
  expect((await stranger.call('/api/v1/documents')).status).toBe(401)
  const page = await stranger.call(`/documents/file/doc_${'0'.repeat(26)}/1800000000000/${'A'.repeat(43)}`)
  expect(page.status).toBe(403)
  expect(new URL(ORIGIN).protocol).toBe('https:')
})
