import { exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { PASSWORD, personWithPassword } from '../../tests/support/account-scene.ts'
import { ORIGIN } from '../../tests/support/scene.ts'

const { default: worker } = exports as unknown as { default: Fetcher } // `as`: typed by the entry file

/** A form on another site, posted by a browser whose `SameSite=Lax` cookies stay at home. */
const fromElsewhere = (path: string, fields: Record<string, string>): Promise<Response> =>
  worker.fetch(`${ORIGIN}${path}`, { method: 'POST', redirect: 'manual', headers: { Accept: 'text/html', Origin: 'https://elsewhere.example', 'CF-Connecting-IP': '203.0.113.7' }, body: new URLSearchParams(fields) })

test('another site signs nobody in as somebody else, whatever its form says of itself', async () => {
  const { email } = await personWithPassword()
  const answer = await fromElsewhere('/sign-in', { email, password: PASSWORD, 'List-Unsubscribe': 'One-Click' })
  expect(answer.status).toBe(403)
  expect(answer.headers.getSetCookie().filter((line) => line.startsWith('__Host-session='))).toEqual([])
})

test('a request from another site never reaches a page, with whatever body, credential or none', async () => {
  for (const [name, value] of [['Content-Type', 'text/plain'], ['Content-Type', 'application/json'], ['Authorization', 'Bearer none'], ['Content-Type', 'multipart/form-data; boundary=x']] as const) {
    for (const Origin of ['https://elsewhere.example', 'null', 'not an origin']) {
      for (const path of ['/sign-in', '/sign-in.data', '/api/v1/documents']) {
        const answer = await worker.fetch(`${ORIGIN}${path}`, { method: 'POST', redirect: 'manual', headers: { Accept: 'text/html', [name]: value, Origin }, body: '{}' })
        expect([path, Origin, answer.status]).toEqual([path, Origin, 403])
      }
    }
  }
})

test('what a browser says comes from another site is refused, even where no Origin came along', async () => {
  for (const [site, status] of [['cross-site', 403], ['same-site', 403], ['same-origin', 401], ['none', 401]] as const) {
    const answer = await worker.fetch(`${ORIGIN}/api/v1/documents`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': site }, body: '{}' })
    await answer.arrayBuffer()
    expect([site, answer.status]).toEqual([site, status])
  }
})

test('methods that a browser asks with and that nobody uses are answered, never failed', async () => {
  for (const path of ['/', '/sign-in', '/sign-in.data', '/_root.data', '/__manifest', '/api/v1/members', '/api/v1/documents/%2f', '/documents/file/x', '/documents/upload', '//evil.example', '/sign-in.data.data', '/trust.json', '/healthz', '/.well-known/security.txt', '/assets/%ff']) {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PROPFIND', 'POST']) {
      const answer = await worker.fetch(`${ORIGIN}${path}`, { method, redirect: 'manual', headers: { Accept: 'text/html', Cookie: '__Host-session=a.b.c.d; =; __Host-csrf; x' } })
      await answer.arrayBuffer()
      expect([method, path, answer.status < 500 ? 'answered' : answer.status]).toEqual([method, path, 'answered'])
    }
  }
})
