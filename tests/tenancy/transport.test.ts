import { exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import runbook from '../../docs/runbooks/deploy.md?raw'
import { newTenant, type TestTenant } from '../support/new-tenant.ts'
import { newPerson } from '../support/person-scene.ts'
import { asOwner, asStranger, drained, ORIGIN, signedIn, type Browser } from '../support/scene.ts'
import { entrances, filled } from './route-table.ts'

const { default: worker } = exports as unknown as { default: Fetcher } // `as`: typed by the entry file

let strict: { tenant: TestTenant; owner: Browser }
let older: { tenant: TestTenant; owner: Browser }

beforeAll(async () => {
  const one = await newTenant({ preset: 'combined' })
  const other = await newTenant({ preset: 'cliniq' })
  strict = { tenant: one, owner: await asOwner(one) }
  older = { tenant: other, owner: await asOwner(other) }
})

/** A request as Cloudflare's edge hands it over, with the TLS version it spoke. */
const over = (tlsVersion: string, path: string, browser: Browser | null = null, method = 'GET'): Promise<Response> =>
  worker.fetch(
    new Request(`${ORIGIN}${path}`, { method, redirect: 'manual', headers: { Accept: 'text/html', 'CF-Connecting-IP': '203.0.113.7', ...(browser ? { Cookie: browser.cookies } : {}) }, cf: { tlsVersion } } as RequestInit),
  ) // `as`: the DOM's RequestInit does not know `cf`

test('[CIQ-30] SSL, TLS 1.0 and TLS 1.1 are refused for every tenant and for nobody in particular', async () => {
  for (const version of ['SSLv3', 'TLSv1', 'TLSv1.1']) {
    for (const browser of [null, strict.owner, older.owner]) expect((await over(version, '/', browser)).status).toBe(426)
  }
  expect(runbook).toMatch(/minimum TLS/i)
})

test('[CIQ-29][SPO-18][CAL-64] under a policy of TLS 1.3, a person speaking TLS 1.2 is refused and one speaking 1.3 is served', async () => {
  expect((await over('TLSv1.2', '/people', strict.owner)).status).toBe(426)
  expect((await over('TLSv1.3', '/people', strict.owner)).status).toBe(200)
  expect(runbook).toMatch(/--min-tls-version|min_tls_version/)
})

test('[CLN-25][IFD-35] a tenant whose floor is TLS 1.2 is served over 1.2, on pages and on the API, and never below', async () => {
  expect((await over('TLSv1.2', '/people', older.owner)).status).toBe(200)
  for (const path of ['/people', '/api/v1/members', '/hooks/none']) expect((await over('TLSv1.1', path, older.owner)).status).toBe(426)
})

test('[CIQ-31][IFD-32][SPO-19] plain HTTP is sent on to HTTPS with nothing in the answer, and the loopback is left alone', async () => {
  const answer = await worker.fetch(new Request(`${ORIGIN.replace('https:', 'http:')}/people?role=owner`, { redirect: 'manual' }))
  expect(answer.status).toBe(308)
  expect(answer.headers.get('Location')).toBe(`${ORIGIN}/people?role=owner`)
  expect(await answer.text()).toBe('')
  expect((await worker.fetch('http://localhost/healthz')).status).toBe(200)
})

test('an asset that is not there is kept by nobody: the next deploy may bring it', async () => {
  const answer = await asStranger().call('/assets/none.js')
  expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([404, 'no-store'])
})

test('a tenant cannot be framed by anyone, unless its preset lets its own origin', async () => {
  const answer = await strict.owner.page('/people')
  expect(answer.headers.get('X-Frame-Options')).toBe('DENY')
  expect(answer.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
})

test('under the SpartanOS preset pages may be framed by our own origin and no other', async () => {
  const spartan = await asOwner(await newTenant({ preset: 'spartan' }))
  const answer = await spartan.page('/people')
  expect(answer.headers.get('X-Frame-Options')).toBe('SAMEORIGIN')
  expect(answer.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'self'")
})

test('no page carries a style attribute or an inline handler, for the policy would drop it', async () => {
  const { memberId } = await strict.tenant.someone('member')
  await drained(strict.tenant.id)
  // A link that opens nothing shows its refusal, which is a page too; what a live one shows is walked in a browser.
  const pages = entrances().filter(({ kind }) => kind === 'page')
  const paths = pages.map(({ path }) => filled(path, { memberId, number: '1', token: 'cs_nothing', ticket: 'cs_nothing', provider: 'harbor', code: 'conflict', linkId: 'cs_nothing', carrierId: 'car_none', requestId: 'req_none', packetId: 'pkt_none', callId: 'cal_none', connectionId: 'cnn_none', releaseId: 'cs_nothing', credentialId: 'cs_nothing', versionId: 'pve_none', secretId: 'psc_none', step: 'identity' }))
  expect(paths.length).toBeGreaterThan(40)
  const [homeless, ada] = [await newPerson(), await newPerson()]
  await ada.enrolTotp()
  const everybody = [asStranger(), strict.owner, homeless.browser, await signedIn(ada, null)]
  const shown = new Set<string>()
  for (const path of paths) {
    for (const browser of everybody) {
      const answer = await browser.page(path)
      if (!answer.headers.get('Content-Type')?.includes('text/html')) continue
      const html = await answer.text()
      shown.add(path)
      expect([path, /<[^>]+\sstyle=/.exec(html)?.[0]]).toEqual([path, undefined])
      expect([path, /<[^>]+\son[a-z]+=/.exec(html)?.[0]]).toEqual([path, undefined])
    }
  }
  const passOn = ['/sign-in/oidc/harbor', '/producers/roster', '/tenant-switch', '/audit/exports/cs_nothing', '/calendar/cs_nothing']
  expect(paths.filter((path) => !shown.has(path))).toEqual(passOn)
})

test('every script on a page carries the nonce of its own answer, and no two answers share one', async () => {
  const nonces = new Set<string>()
  for (const path of ['/', '/sign-in', '/trust']) {
    const answer = await asStranger().page(path)
    const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('Content-Security-Policy') ?? '')?.[1] ?? ''
    const html = await answer.text()
    expect(nonce.length).toBeGreaterThanOrEqual(16)
    for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`)
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(3)
})
