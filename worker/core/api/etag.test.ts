import { beforeAll, expect, test } from 'vitest'
import { newTenant, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { newHome, type Home } from '../../../tests/tenancy/home.ts'
import { asOwner, type Browser } from '../../../tests/support/scene.ts'

const scene = {} as { home: Home; owner: Browser; other: TestTenant; paths: string[] }

beforeAll(async () => {
  const home = await newHome('tagged')
  const { memberId } = await home.member()
  const document = await home.document()
  const number = await home.entryNumber()
  await home.exportTicket() // which signs the log
  const single = [`/api/v1/members/${memberId}`, `/api/v1/documents/${document}`, '/api/v1/policy', `/api/v1/audit-entries/${number}`, '/api/v1/audit-checkpoint']
  Object.assign(scene, { home, owner: await home.ownerAnew(), other: await newTenant(), paths: [...single, '/api/v1/members', '/api/v1/documents', '/api/v1/invitations', '/api/v1/api-keys'] })
})

const tagOf = async (browser: Browser, path: string): Promise<string> => (await browser.call(path)).headers.get('ETag') ?? ''
const codeOf = async (answer: Response): Promise<[number, string]> => [answer.status, ((await answer.json()) as { code: string }).code] // `as`: a problem

test('every GET has an ETag, and whoever sends it back gets 304 without a body until something changed', async () => {
  const { owner, paths } = scene
  for (const path of paths) {
    const whole = await owner.call(path)
    const tag = whole.headers.get('ETag') ?? ''
    expect([whole.status, /^"([0-9a-f]{32}|\d+)\.[0-9a-z]{8}"$/.test(tag)], path).toEqual([200, true])
    for (const sent of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const none = await owner.call(path, { headers: { 'If-None-Match': sent } })
      expect([none.status, none.headers.get('ETag'), await none.text(), none.headers.has('RateLimit')], `${path} ${sent}`).toEqual([304, tag, '', true])
    }
    expect((await owner.call(path, { headers: { 'If-None-Match': '"other"' } })).status, path).toBe(200)
  }
})

test('a tag opens nothing: another tenant that sends it finds nothing, as without it', async () => {
  const { owner, other, paths } = scene
  const stranger = await asOwner(other)
  for (const path of paths.slice(0, 2)) {
    const tag = await tagOf(owner, path)
    expect(await codeOf(await stranger.call(path, { headers: { 'If-None-Match': tag } })), path).toEqual([404, 'not_found'])
    expect((await stranger.call(path, { headers: { 'If-None-Match': '*' } })).status, path).toBe(404)
  }
})

test('a role changes on the version that was seen: 428 without a tag, 412 after somebody else’s change, and then nothing is written', async () => {
  const { home, other } = scene
  const owner = await home.ownerAnew()
  const { memberId } = await home.member('member')
  const path = `/api/v1/members/${memberId}`
  const put = (role: string, tag?: string, by = owner) => by.call(`${path}/role`, { method: 'PUT', json: { role }, headers: tag === undefined ? {} : { 'If-Match': tag } })
  const roleNow = async () => ((await (await owner.call(path)).json()) as { role: string }).role // `as`: the route's own answer
  const seen = await tagOf(owner, path)

  expect(await codeOf(await put('viewer'))).toEqual([428, 'precondition_required'])
  expect(await codeOf(await put('viewer', '*'))).toEqual([428, 'precondition_required'])
  expect(await codeOf(await put('viewer', 'unquoted'))).toEqual([400, 'malformed'])
  expect(await codeOf(await put('viewer', seen, await asOwner(other)))).toEqual([404, 'not_found'])
  expect(await roleNow()).toBe('member')

  expect((await put('admin', seen)).status).toBe(204)
  expect(await codeOf(await put('viewer', seen))).toEqual([412, 'precondition_failed'])
  expect(await roleNow()).toBe('admin')
  expect((await put('viewer', `W/${await tagOf(owner, path)}`)).status).toBe(204)
  expect(await roleNow()).toBe('viewer')
})

test('the policy changes on the version that was seen, and of two who saw the same one the second is told', async () => {
  const { home, other } = scene
  const owner = await home.ownerAnew()
  const patch = (days: number, tag?: string, by = owner) => by.call('/api/v1/policy', { method: 'PATCH', json: { 'doc.trash_days': days }, headers: tag === undefined ? {} : { 'If-Match': tag } })
  const inForce = async () => ((await (await owner.call('/api/v1/policy')).json()) as { policy: Record<string, number>; version: number }) // `as`: the route's own answer
  const { version } = await inForce()
  const seen = await tagOf(owner, '/api/v1/policy')

  expect(await codeOf(await patch(21))).toEqual([428, 'precondition_required'])
  expect(await codeOf(await patch(21, '"999"'))).toEqual([412, 'precondition_failed'])
  const changed = await patch(21, seen)
  expect([changed.status, changed.headers.get('ETag')]).toEqual([200, await tagOf(owner, '/api/v1/policy')])
  expect(await codeOf(await patch(22, seen))).toEqual([412, 'precondition_failed'])
  expect(await inForce()).toMatchObject({ version: version + 1, policy: { 'doc.trash_days': 21 } })
  expect(await codeOf(await patch(9, seen.replace(/\..*/, '"')))).toEqual([412, 'precondition_failed'])
  const theirs = (await (await (await asOwner(other)).call('/api/v1/policy')).json()) as { version: number } // `as`: likewise
  expect(theirs.version).toBe(1)
  // The first version there is not the first version here.
  const first = seen.replace(/"\d+/, '"1')
  expect((await (await asOwner(other)).call('/api/v1/policy', { headers: { 'If-None-Match': first } })).status).toBe(200)
  expect(await codeOf(await patch(9, first, await asOwner(other)))).toEqual([412, 'precondition_failed'])
})
