import { beforeAll, expect, test } from 'vitest'
import { newProducer, oregon, submittedPassport, typed, wholePassport, type Producer } from '../../../tests/support/producer-scene.ts'
import { issueApiKey } from '../../core/api/issue-api-key.ts'
import { asStranger, failureOf } from '../../../tests/support/scene.ts'
import { addLicence } from './add-licence.ts'
import { makeCalendarFeed } from './make-calendar-feed.ts'
import { readCalendar } from './read-calendar.ts'
import { readPassport } from './read-passport.ts'
import { savePassport } from './save-passport.ts'
import type { PassportView } from './shown.ts'

let mine: Producer
let theirs: Producer

beforeAll(async () => {
  mine = await newProducer()
  theirs = await newProducer()
})

test('a program saves what it has seen and nothing else: without the tag it is asked for one, with an old one it is told', async () => {
  const { owner } = await newProducer()
  const first = await owner.call('/api/v1/passport')
  const tag = first.headers.get('ETag') ?? ''
  const { identity, tax } = wholePassport
  const patch = (json: unknown, headers: Record<string, string>) => owner.call('/api/v1/passport', { method: 'PATCH', json, headers })
  expect((await patch({ identity }, {})).status).toBe(428)
  const saved = await patch({ identity, tax }, { 'If-Match': tag })
  expect(saved.status).toBe(200)
  const view = await saved.json<PassportView>()
  expect(view.version?.secrets.ssn?.shown).toBe('•••-••-9999')
  expect((await patch({ tax }, { 'If-Match': tag })).status).toBe(412)
  expect((await patch({ bank: { routing: '021000022', account: '1234567', accountType: 'checking', voidedCheque: null } }, { 'If-Match': saved.headers.get('ETag') ?? '' })).status).toBe(422)
  expect((await owner.call('/api/v1/passport/submission', { json: { tag: view.tag } })).status).toBe(422)
})

test('[CIQ-43] a producer that names another’s version, licence or value gets 404 on every way to it, and the other’s passport is as it was', async () => {
  const { versionId } = await submittedPassport(theirs)
  const { id } = await theirs.owner.run((ctx) => addLicence(ctx, { ...oregon, state: 'WA', number: 'WA-1' }))
  const before = JSON.stringify(await theirs.owner.run(readPassport))
  const tries = [
    await mine.owner.call(`/api/v1/passport/versions/${versionId}`),
    await mine.owner.call(`/api/v1/passport/licences/${id}`),
    await mine.owner.call(`/api/v1/passport/licences/${id}`, { method: 'PUT', json: { ...oregon, number: 'mine now' }, headers: { 'If-Match': `"1.${mine.tenant.id.slice(-8)}"` } }),
    await mine.owner.call(`/api/v1/passport/licences/${id}`, { method: 'DELETE' }),
    await mine.owner.call('/api/v1/passport/reveals', { json: { secretId: (JSON.parse(before) as PassportView).version?.secrets.ssn?.id, reason: 'Curious' } }), // `as`: it was just made of one
    await mine.owner.page(`/passport/versions/${versionId}`),
  ]
  expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
  for (const answer of tries) expect(await answer.text()).not.toMatch(/Alvarez|9999/)
  expect(JSON.stringify(await theirs.owner.run(readPassport))).toBe(before)
  expect((await mine.owner.call('/api/v1/passport')).status).toBe(200)
  expect((await theirs.owner.call(`/api/v1/passport/versions/${versionId}`)).status).toBe(200)
})

test('a workspace key and a stranger open no passport', async () => {
  const { token } = await mine.owner.runConfirmed((ctx) => issueApiKey(ctx, { label: 'Everything', scopes: ['members.read', 'documents.read', 'documents.write', 'audit.read'], days: 1 }))
  const stranger = asStranger()
  expect((await stranger.call('/api/v1/passport')).status).toBe(401)
  expect((await stranger.call('/api/v1/passport', { headers: { Authorization: `Bearer ${token}` } })).status).toBe(403)
})

test('a page that is refused keeps what was typed, but never a number that is secret', async () => {
  const { owner } = await newProducer()
  await owner.run((ctx) => savePassport(ctx, { identity: wholePassport.identity }, '0.0'))
  const answer = await owner.call('/passport/bank', { form: { tag: '1.1', 'secret.routing': '021000022', 'secret.account': typed.account, accountType: 'savings' }, headers: { Accept: 'text/html' } })
  const html = await answer.text()
  expect(answer.status).toBe(422)
  expect(html).toContain('do not belong together')
  expect(html).not.toMatch(/99887766554|021000022/)
  expect(await failureOf(owner.run(readPassport))).toBeNull()
})

test('the feed is fetched by whoever has its address, as calendar text that no cache keeps; an address that is none is not found', async () => {
  const { owner } = await newProducer()
  await owner.run((ctx) => addLicence(ctx, oregon))
  await owner.run(makeCalendarFeed)
  const { pathname } = new URL((await owner.run(readCalendar)).feed?.url ?? '')
  const feed = await asStranger().call(pathname)
  expect([feed.status, feed.headers.get('Content-Type'), feed.headers.get('Cache-Control')]).toEqual([200, 'text/calendar; charset=utf-8', expect.stringContaining('no-store')])
  expect(await feed.text()).toContain('SUMMARY:Licence in OR expires')
  expect((await asStranger().call('/calendar/cs_cal_nothing')).status).toBe(404)
})
