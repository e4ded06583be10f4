import { beforeAll, expect, test } from 'vitest'
import { testParts } from '../../tests/support/new-tenant.ts'
import { bindings } from '../../tests/support/scene.ts'
import sealedAccounts from '../../db/migrations/sandbox/0002_sandbox_sealed_accounts.sql?raw'
import clockTrigger from '../../db/migrations/sandbox/0001_sandbox_clock_trigger.sql?raw'
import tables from '../../db/migrations/sandbox/0000_sandbox_stand_ins.sql?raw'
import { newId } from '../core/id.ts'
import { PLATFORM } from '../core/reach.ts'
import { ensurePlatform } from '../core/tenancy/create-tenant.ts'
import { demoSignIns, keepSignIn } from './accounts.ts'
import { capturedMails } from './captured-mail.ts'
import { standInForResend } from './resend-stand-in.ts'
import { sandboxPage } from './page.ts'
import type { House, Scene } from './scene.ts'
import { SandboxStore } from './store.ts'

beforeAll(async () => {
  const known = await bindings.DIRECTORY.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'sandbox_clock'").first<{ n: number }>()
  if (known?.n === 0) for (const statement of [tables, clockTrigger, sealedAccounts].flatMap((sql) => sql.split('--> statement-breakpoint'))) await bindings.DIRECTORY.prepare(statement).run()
})

async function scene(house: Partial<House> = {}): Promise<Scene> {
  const parts = await testParts()
  await ensurePlatform(parts.reach.keyring)
  const whole: House = { runCron: async () => undefined, wake: async () => undefined, knock: async () => new Response(null, { status: 404 }), crons: [], head: [], ...house }
  return { ...parts, env: { ...bindings, SANDBOX: bindings.DIRECTORY }, store: new SandboxStore(bindings.DIRECTORY), house: whole }
}

const post = (on: Scene, body: unknown, headers: Record<string, string> = {}) =>
  standInForResend(on, new Request('http://localhost/emails', { method: 'POST', headers: { Authorization: 'Bearer re_sandbox', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) }))
const mail = (to: string) => ({ from: 'Countersign <no-reply@countersign.example>', to: [to], subject: 'Hello', text: 'canary words', html: '<p>canary words</p>' })
/** Nobody else's: all tests share the tables. */
const anAddress = () => `${newId('acc', 0)}@people.test`

test('a mail is captured with its headers and sealed, once for each Idempotency-Key', async () => {
  const on = await scene()
  const to = anAddress()
  const key = `key ${to}`
  const [first, again] = [await post(on, mail(to), { 'Idempotency-Key': key }), await post(on, mail(to), { 'Idempotency-Key': key })]
  expect([first.status, again.status]).toEqual([200, 200])
  expect(await again.json()).toEqual(await first.json())
  const other = await post(on, { ...mail(to), subject: 'Changed' }, { 'Idempotency-Key': key })
  expect([other.status, (await other.json<{ name: string }>()).name]).toEqual([409, 'invalid_idempotent_request'])
  const captured = (await capturedMails(on.store, on.reach.vault(PLATFORM, 1, on.now), 500)).filter((each) => each.to.includes(to))
  expect(captured).toMatchObject([{ subject: 'Hello', text: 'canary words', idempotencyKey: key }])
  const rows = await bindings.DIRECTORY.prepare('SELECT * FROM sandbox_mail').all()
  expect(JSON.stringify(rows.results)).not.toContain('canary')
})

test('it refuses as the vendor does: no key, no body, no recipient, and two addresses that fail on purpose', async () => {
  const on = await scene()
  const status = async (body: unknown, headers?: Record<string, string>) => (await post(on, body, headers)).status
  expect(await status(mail('a@x.example'), { Authorization: '' })).toBe(401)
  expect(await status('not json')).toBe(422)
  expect(await status({ ...mail('a@x.example'), to: [] })).toBe(422)
  expect(await status(mail('refused@x.example'))).toBe(422)
  expect(await status(mail('unavailable@x.example'))).toBe(503)
  expect(await status(mail('a@x.example'), { 'Idempotency-Key': 'x'.repeat(257) })).toBe(400)
})

test('the clock never goes back', async () => {
  const on = await scene()
  await on.store.advance(1000)
  await expect(on.store.advance(-1)).rejects.toThrow()
  for (const statement of ['UPDATE sandbox_clock SET ahead_ms = 0', 'DELETE FROM sandbox_clock']) await expect(bindings.DIRECTORY.prepare(statement).run()).rejects.toThrow('clock_goes_back')
})

test('demo passwords are sealed, shown on the page, and nothing captured becomes markup of the page', async () => {
  const on = await scene()
  const email = anAddress()
  await keepSignIn(on, { email, password: 'canary-pass-word', seats: [{ tenant: 'Harbor FMO', role: 'member' }] })
  const accounts = await demoSignIns(on)
  expect(accounts.find((account) => account.email === email)).toMatchObject({ password: 'canary-pass-word' })
  expect(JSON.stringify((await bindings.DIRECTORY.prepare('SELECT * FROM sandbox_accounts').all()).results)).not.toMatch(/canary|people\.test/)
  const hostile = { id: 'mai_1', at: on.now, idempotencyKey: null, from: 'a', to: ['b'], subject: '<script>1</script>', text: 'see http://localhost/x?a=1&b="><script>', html: '<p>', headers: { 'X-"><b>': '<i>' } }
  const page = sandboxPage({ accounts, carrierKeys: [], mails: [hostile], ams: { does: 'answers', notes: [] }, aheadMs: 90_000_000, now: on.now, head: [], origin: 'http://localhost:8787' }).toString()
  expect(page).not.toMatch(/<script|<i>|<b>|style=|onclick/)
  expect(page).toContain('Runs 1 d 1 h ahead')
})
