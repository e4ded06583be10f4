import { env } from 'cloudflare:workers'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { newTenant, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, asStranger, drained, ORIGIN, type Browser } from '../../../tests/support/scene.ts'
import { fromHex } from '../../../durable-objects/chain-link.ts'
import { parseCheckpoint } from '../../../durable-objects/chain-note.ts'
import { verifyInclusion } from '../../../durable-objects/chain-tree.ts'
import { theWorker } from '../../../tests/tenancy/ask.ts'
import { issueApiKey } from '../api/issue-api-key.ts'
import type { Env } from '../env.ts'
import { tenantRenamed } from '../tenancy/module.ts'
import { exportAudit } from './export-audit.ts'
import { fetchExport } from './fetch-export.ts'
import { openNote, sha256 } from './signing.ts'

// `!`: what the scene of the test made is there.

const secrets = env as unknown as Env // the bindings are made in vitest.config.ts

type Listing = { entries: { n: number; event: string; subject: string }[]; next: string | null; count: number }
const listing = async (browser: Browser, query = ''): Promise<Listing> => (await browser.call(`/api/v1/audit-entries${query}`)).json()

async function scene(): Promise<{ tenant: TestTenant; owner: Browser }> {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  for (let at = 0; at < 3; at += 1) await owner.run((ctx) => ctx.commit([], tenantRenamed(ctx.tenant.id, {})))
  await drained(tenant.id)
  return { tenant, owner }
}

test('the log needs a session', async () => {
  for (const path of ['/api/v1/audit-entries', '/api/v1/audit-entries/1', '/api/v1/audit-checkpoint']) expect((await asStranger().call(path)).status, path).toBe(401)
  const answer = await asStranger().page('/audit')
  expect([answer.status, answer.headers.get('Location')]).toEqual([302, '/sign-in?then=%2Faudit'])
})

test('entries come newest first, filtered, page by page, and only the caller’s tenant’s', async () => {
  const [{ tenant, owner }, other] = [await scene(), await scene()]
  const first = await listing(owner, '?limit=2')
  expect(first.count).toBe(4)
  const second = await listing(owner, `?limit=2&cursor=${first.next}`)
  expect([...first.entries, ...second.entries].map(({ n }) => n)).toEqual([4, 3, 2, 1])
  expect(second.next).toBeNull()
  expect((await listing(owner, '?event=core.tenant.created')).entries).toMatchObject([{ n: 1, subject: tenant.id }])
  expect((await listing(owner, `?subject=${other.tenant.id}`)).entries).toEqual([])
  expect((await owner.call('/api/v1/audit-entries?event=Not%20an%20event')).status).toBe(422)
  expect((await owner.call('/api/v1/audit-entries?limit=9999')).status).toBe(422)
})

test('an entry proves itself against the checkpoint that the deployment signed', async () => {
  const { tenant, owner } = await scene()
  expect((await owner.call('/api/v1/audit-checkpoint')).status).toBe(404)
  await owner.run((ctx) => ctx.reach.chain.checkpoint(tenant.id, ctx.now))
  const checkpoint = (await (await owner.call('/api/v1/audit-checkpoint')).json()) as { note: string; root: string; size: number }
  expect(parseCheckpoint((await openNote(secrets, checkpoint.note))!)).toMatchObject({ size: checkpoint.size, origin: `countersign.test/audit/${tenant.id}` })
  const entry = (await (await owner.call('/api/v1/audit-entries/2')).json()) as { hash: string; line: string; proof: { path: string[]; root: string; size: number } }
  const claim = { index: 1, size: entry.proof.size, leaf: fromHex(entry.hash), root: fromHex(checkpoint.root), proof: entry.proof.path.map(fromHex) }
  expect(verifyInclusion(claim, sha256)).toBe(true)
  expect(verifyInclusion({ ...claim, index: 2 }, sha256)).toBe(false)
  expect((await owner.call('/api/v1/audit-entries/99')).status).toBe(404)
})

test('[CIQ-62] no method but reading exists on the log, for an owner either', async () => {
  const { owner } = await scene()
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    for (const path of ['/api/v1/audit-entries', '/api/v1/audit-entries/1', '/api/v1/audit-checkpoint']) {
      const answer = await owner.call(path, { method, json: {} })
      expect([answer.status, answer.headers.get('Allow')], `${method} ${path}`).toEqual([405, 'GET'])
    }
  }
  expect((await listing(owner)).count).toBe(4)
})

test('[CLN-43] the page at /audit has filters by event, actor and day, and a filter changes the rows', async () => {
  const { tenant, owner } = await scene()
  const rows = async (query: string): Promise<number> => ((await (await owner.page(`/audit${query}`)).text()).match(/<tr role="row" data-linked/g) ?? []).length
  const html = await (await owner.page('/audit')).text()
  for (const name of ['event', 'actor', 'from', 'to', 'q']) expect(html).toMatch(new RegExp(`name="${name}"`))
  expect(await rows('')).toBe(4)
  expect(await rows('?event=core.tenant.renamed')).toBe(3)
  expect(await rows(`?actor=${tenant.owner.accountId}`)).toBe(4)
  expect(await rows('?to=2020-01-01')).toBe(0)
  expect(await rows('?event=Nonsense!')).toBe(0)
})

test('[IFD-100][SPO-46] the owner finds an area named Audit log in its navigation, an admin where the policy lets it; a member finds none and is refused', async () => {
  const named = />\s*(?:<[^>]*>\s*)*Audit log</
  for (const preset of ['combined', 'spartan'] as const) {
    const tenant = await newTenant({ preset })
    const rows: [Browser, boolean][] = [[await asOwner(tenant), true], [await asAdmin(tenant), preset === 'combined'], [await asMember(tenant), false]]
    for (const [browser, reads] of rows) {
      const home = await (await browser.page('/')).text()
      expect([named.test(home), home.includes('href="/audit"'), (await browser.page('/audit')).status]).toEqual([reads, reads, reads ? 200 : 403])
    }
  }
})

test('[CAL-34] a reviewer’s key reads the log, entry by entry, and may nothing else; what it reads is what the owner exports', async () => {
  const { tenant, owner } = await scene()
  const { token } = await owner.runConfirmed((ctx) => issueApiKey(ctx, { label: 'Compliance review', scopes: ['audit.read'], days: 30 }))
  await drained(tenant.id)
  const asReviewer = (path: string, init: RequestInit = {}) => theWorker(new Request(`${ORIGIN}${path}`, { ...init, headers: { Authorization: `Bearer ${token}`, 'CF-Connecting-IP': '203.0.113.9', 'Content-Type': 'application/json', ...init.headers } }))
  const seen = (await (await asReviewer('/api/v1/audit-entries?limit=50')).json()) as Listing
  expect(seen.entries.map(({ event }) => event)).toEqual((await listing(owner, '?limit=50')).entries.map(({ event }) => event))
  expect((await asReviewer('/api/v1/audit-entries/1')).status).toBe(200)
  for (const path of ['/api/v1/members', '/api/v1/policy', '/api/v1/documents', '/api/v1/api-keys']) expect([path, (await asReviewer(path)).status]).toEqual([path, 403])
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect((await asReviewer('/api/v1/audit-entries/1', { method, body: '{}' })).status).toBe(405)
  const { ticket } = await owner.runConfirmed((ctx) => exportAudit(ctx, {}, 'csv'))
  const file = await owner.run(async (ctx) => new Response((await fetchExport(ctx, ticket)).body).text())
  for (const { n, event } of seen.entries) expect(file).toMatch(new RegExp(`^${n},[^\\r\\n]*,${event.replaceAll('.', '\\.')},`, 'm'))
})

test('an export asks for a proof first, is recorded, and is fetched once more by a link that only this session can use', async () => {
  const { tenant, owner } = await scene()
  const ask = () => owner.call('/audit/export?form=csv', { form: {}, headers: { Accept: 'text/html' } })
  const refused = await ask()
  expect(refused.status).toBe(302)
  const then = new URL(refused.headers.get('Location')!, 'https://countersign.test')
  expect([then.pathname, then.searchParams.get('then')]).toEqual(['/step-up', '/audit/export?form=csv'])
  await owner.confirm(then.searchParams.get('ticket')!)
  const granted = await ask()
  expect(granted.status).toBe(303)
  const link = granted.headers.get('Location')!
  const file = await owner.page(link)
  expect(file.headers.get('Content-Disposition')).toBe(`attachment; filename="audit-${tenant.id}-4.csv"`)
  expect((await file.text()).trimEnd().split('\r\n')).toHaveLength(5)
  expect((await (await asOwner(tenant)).page(link)).status).toBe(404)
  expect((await asStranger().page(link)).status).toBe(302)
})

test('[CLN-44] the CSV downloaded through the page has a header and the rows of its filter alone, quoted as RFC 4180 says', async () => {
  const [{ owner }, other] = [await scene(), await scene()]
  const { link, text, type } = await csvOf(owner, 'core.tenant.renamed')
  expect([type, text.endsWith('\r\n'), text.replaceAll('\r\n', '').includes('\n')]).toEqual(['text/csv; charset=utf-8', true, false])
  const { data, errors, meta } = Papa.parse<Record<string, string>>(text.trimEnd(), { header: true, newline: '\r\n' })
  expect([errors, meta.fields]).toEqual([[], ['number', 'time', 'sealed', 'event', 'subject', 'actor_kind', 'actor_id', 'actor_role', 'meta', 'hash']])
  const shown = await listing(owner, '?event=core.tenant.renamed')
  expect(data.map(({ number, event, subject }) => ({ n: Number(number), event, subject }))).toEqual(shown.entries.toReversed().map(({ n, event, subject }) => ({ n, event, subject })))
  expect(data.length).toBe(3)
  expect((await other.owner.page(link)).status).toBe(404)
  // A field with quotes and commas, as each entry's own facts are.
  expect((await csvOf(owner, 'core.tenant.created')).text).toContain('"{""')
})

/** The file of an export with that filter. */
async function csvOf(owner: Browser, event: string): Promise<{ link: string; text: string; type: string | null }> {
  const ask = () => owner.call(`/audit/export?form=csv&event=${event}`, { form: {}, headers: { Accept: 'text/html' } })
  await owner.confirm(new URL((await ask()).headers.get('Location')!, 'https://countersign.test').searchParams.get('ticket')!)
  const link = (await ask()).headers.get('Location')!
  const file = await owner.page(link)
  return { link, text: await file.text(), type: file.headers.get('Content-Type') }
}
