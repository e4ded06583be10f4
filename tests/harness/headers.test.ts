import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js'
import { CspParser } from 'csp_evaluator/dist/parser.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../scripts/free-port.ts'
import { serve, type Served } from '../../scripts/serve.ts'
import { testSecrets } from '../support/test-secrets.ts'
import { ownBundle } from './bundles.ts'
import { evidence } from '../support/evidence.ts'
import { observatory, type Page } from './observatory.ts'

const origin = 'https://countersign.example'
/** With the least score: five points are for cookies set well, and the trust page sets none. */
const least: Record<string, number> = { '/': 135, '/sign-in': 135, '/sign-up': 135, '/trust': 130 }
const pages = Object.keys(least)
const scene = {} as { folder: string; served: Served }

beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-headers-'))
  const module = await ownBundle('production', folder)
  const served = await serve({ entry: 'production', module, state: folder, port: await freePort(), bindings: { ...testSecrets(), ORIGIN: origin } })
  Object.assign(scene, { folder, served })
}, 300_000)
afterAll(async () => {
  await scene.served?.stop()
  rmSync(scene.folder, { recursive: true, force: true })
}, 60_000)

/** As the deployed Worker is asked: under its own host, over TLS that the platform ends. */
async function ask(url: string, method = 'GET', headers: Record<string, string> = {}): Promise<Page> {
  const answer = await scene.served.miniflare.dispatchFetch(url, { method, headers: { Accept: 'text/html', ...headers }, redirect: 'manual' })
  return { url: new URL(url), status: answer.status, headers: Object.fromEntries(answer.headers), cookies: answer.headers.getSetCookie(), body: await answer.text() }
}

test('MDN Observatory’s tests give A+ on the front page, the sign-in, the sign-up and the trust page', async () => {
  for (const path of pages) {
    const plain = await ask(`http://countersign.example${path}`)
    expect(plain.status).toBe(308)
    const page = await ask(`${origin}${path}`)
    expect(page.status).toBe(200)
    const redirects = [{ url: plain.url, status: plain.status }, { url: new URL(plain.headers['location'] ?? ''), status: page.status }]
    const cors = await ask(`${origin}${path}`, 'OPTIONS', { 'Access-Control-Request-Method': 'GET', Origin: 'https://http-observatory.security.mozilla.org' })
    const grade = await observatory(page, redirects, cors)
    expect([path, grade.grade, grade.failed]).toEqual([path, 'A+', []])
    expect(grade.score).toBeGreaterThanOrEqual(least[path] ?? 135)
    evidence('G19', `Observatory on ${path}`, { grade: grade.grade, score: grade.score })
  }
})

test('the Observatory would see a header that is missing and a policy that is loose', async () => {
  const page = await ask(`${origin}/`)
  const https = [{ url: new URL('http://countersign.example/'), status: 308 }, { url: page.url, status: 200 }]
  const { 'strict-transport-security': _, ...without } = page.headers
  expect((await observatory({ ...page, headers: without }, https, page)).failed).toContain('hsts-not-implemented')
  const loose = { ...page, headers: { ...page.headers, 'content-security-policy': "default-src *; script-src 'unsafe-inline'" } }
  expect((await observatory(loose, https, page)).grade).not.toBe('A+')
})

test('CSP Evaluator finds nothing in the policy of any answer', async () => {
  for (const path of [...pages, '/no/such/page', '/healthz', '/assets/none.js', '/api/v1/members']) {
    const csp = (await ask(`${origin}${path}`)).headers['content-security-policy'] ?? ''
    const findings = new CspEvaluator(new CspParser(csp).csp).evaluate().map(({ directive, description }) => `${directive}: ${description}`)
    expect([path, findings]).toEqual([path, []])
  }
  expect(new CspEvaluator(new CspParser("script-src 'unsafe-inline'").csp).evaluate().length).toBeGreaterThan(0)
})

test('whoever is asked from another origin may read nothing: no CORS header anywhere', async () => {
  for (const path of [...pages, '/api/v1/members', '/api/openapi.json', '/trust.json']) {
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await ask(`${origin}${path}`, method, { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'GET' })
      expect([path, Object.keys(headers).filter((name) => name.startsWith('access-control-'))]).toEqual([path, []])
    }
  }
})
