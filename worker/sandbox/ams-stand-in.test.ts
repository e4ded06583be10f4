import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import tables from '../../db/migrations/sandbox/0004_sandbox_ams_stand_in.sql?raw'
import { testParts } from '../../tests/support/new-tenant.ts'
import { bindings } from '../../tests/support/scene.ts'
import { hawksoftAms } from '../calls/ams/adapters/hawksoft.ts'
import { restAms } from '../calls/ams/adapters/rest.ts'
import { plainMapping } from '../calls/ams/plain-mapping.ts'
import type { Ams } from '../calls/ams/port.ts'
import { newId } from '../core/id.ts'
import { ensurePlatform } from '../core/tenancy/create-tenant.ts'
import { amsNotes, amsPartner, amsToken, standInForAms } from './ams-stand-in.ts'
import { sandboxPage } from './page.ts'
import type { House, Scene } from './scene.ts'
import { SandboxStore } from './store.ts'

const HOST = 'https://sandbox.example'

beforeAll(async () => {
  const known = await bindings.DIRECTORY.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'sandbox_ams'").first<{ n: number }>()
  if (known?.n === 0) for (const statement of tables.split('--> statement-breakpoint')) await bindings.DIRECTORY.prepare(statement).run()
})
afterEach(() => vi.restoreAllMocks())

/** The stand-in, up, and the product's own adapters in front of it. */
async function stage(): Promise<{ on: Scene; rest: Ams; hawksoft: Ams; asked: string[] }> {
  const parts = await testParts()
  await ensurePlatform(parts.reach.keyring)
  const house: House = { runCron: async () => undefined, wake: async () => undefined, knock: async () => new Response(null, { status: 404 }), crons: [], head: [] }
  const on: Scene = { ...parts, env: { ...bindings, SANDBOX: bindings.DIRECTORY }, store: new SandboxStore(bindings.DIRECTORY), house }
  await on.store.setAms('answers')
  const asked: string[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit) // `as`: the Worker's types and the page's name the same thing
    const { pathname } = new URL(request.url)
    asked.push(`${request.method} ${pathname}`)
    return standInForAms(on, request, pathname)
  })
  const surroundings = { own: 'https://countersign.example' }
  const basic = `Basic ${btoa(`${amsPartner.user}:${amsPartner.password}`)}`
  return {
    on, asked,
    rest: restAms({ credential: { origin: HOST, header: 'Authorization', value: `Bearer ${amsToken}` }, surroundings }, { address: `${HOST}/rest`, mapping: plainMapping }),
    hawksoft: hawksoftAms({ credential: { origin: HOST, header: 'Authorization', value: basic }, surroundings }, { address: `${HOST}/hawksoft`, agencyId: amsPartner.agencyId, officeId: null }),
  }
}

const noteAbout = (contactId: string | null) => ({ reference: newId('cal', 1_700_000_000_000), contactId, direction: 'inbound', at: 1_700_000_000_000, subject: 'Call', text: 'She asked after her renewal.' }) as const
const notesOf = async (on: Scene, reference: string) => (await amsNotes(on, 500)).filter((note) => note.reference === reference)

test('both wires know who has a number: one, two of a household, two of two, nobody', async () => {
  const { rest, hawksoft } = await stage()
  const who = async (ams: Ams, phone: string) => {
    const found = await ams.findByPhone(phone)
    return found.ok ? found.value.map(({ id, name, household }) => [id, name, household]) : found.trouble
  }
  expect(await who(rest, '+14155550132')).toEqual([['1001', 'Grace Whitfield', 'H-310']])
  expect(await who(rest, '+15035550177')).toEqual([['1003', 'Lena Castellano', 'H-322'], ['1004', 'Marco Castellano', 'H-322']])
  expect(await who(rest, '+12065550150')).toEqual([['1005', 'Ines Duarte', 'H-341'], ['1006', 'Paul Ferris', 'H-352']])
  expect(await who(rest, '+12065550119')).toEqual([])
  expect(await who(hawksoft, '+14155550132')).toEqual([['1001', 'Grace Whitfield', null]])
  expect(await who(hawksoft, '+13605550145')).toEqual([['1007', 'Kessler Boat Works LLC', null]])
  expect(await who(hawksoft, '+12065550119')).toEqual([])
})

test('both wires show a client’s policies; past notes only the one that has them', async () => {
  const { rest, hawksoft } = await stage()
  const policy = { number: 'SM-204417', line: 'Personal auto', carrier: 'Summit Mutual', status: 'Active', expires: '2027-03-01' }
  expect(await rest.details('1001')).toMatchObject({ ok: true, value: { policies: [policy, { number: 'EP-88120' }], notes: [{ at: Date.parse('2026-10-02T16:20:00Z') }, {}] } })
  expect(await hawksoft.details('1001')).toMatchObject({ ok: true, value: { policies: [policy, { number: 'EP-88120' }], notes: [] } })
  for (const ams of [rest, hawksoft]) expect(await ams.details('9999')).toEqual({ ok: false, trouble: 'no_contact' })
})

test('a note is handed over on both wires under the call’s own id, and looked up by it where the wire can', async () => {
  const { on, rest, hawksoft } = await stage()
  const [one, two] = [noteAbout('1001'), noteAbout('1002')]
  expect(await rest.findNote?.(one.reference, '1001')).toEqual({ ok: true, value: null })
  const taken = await rest.addNote(one)
  expect(taken).toMatchObject({ state: 'taken', noteId: expect.stringMatching(/^nte_/) })
  expect(await rest.findNote?.(one.reference, '1001')).toEqual({ ok: true, value: taken.state === 'taken' ? taken.noteId : '' })
  expect(await notesOf(on, one.reference)).toMatchObject([{ wire: 'rest', contact: '1001', subject: 'Call', text: one.text }])
  const written = await hawksoft.addNote(two)
  const refId = written.state === 'taken' ? written.noteId : ''
  expect(refId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  expect(await notesOf(on, refId)).toMatchObject([{ wire: 'hawksoft', contact: '1002', text: `Call\n\n${two.text}` }])
  expect(hawksoft.findNote).toBeUndefined()
  expect(await hawksoft.addNote(noteAbout(null))).toEqual({ state: 'not_taken', trouble: 'no_contact', again: false })
  expect(JSON.stringify((await bindings.DIRECTORY.prepare('SELECT * FROM sandbox_ams_notes').all()).results)).not.toContain('renewal')
})

test('down it is told to try again; silent it has the note, says nothing, and is found to have it', async () => {
  const { on, rest } = await stage()
  const note = noteAbout('1001')
  await on.store.setAms('down')
  expect([await rest.findByPhone('+14155550132'), await rest.addNote(note)]).toEqual([{ ok: false, trouble: 'busy' }, { state: 'not_taken', trouble: 'busy', again: true }])
  await on.store.setAms('silent')
  expect(await rest.addNote(note)).toEqual({ state: 'unknown', trouble: 'broken' })
  expect(await rest.findNote?.(note.reference, '1001')).toMatchObject({ ok: true, value: expect.stringMatching(/^nte_/) })
  await rest.addNote(note)
  expect(await notesOf(on, note.reference)).toHaveLength(2)
})

test('it lets nobody in without its credentials, and HawkSoft’s wire wants its version and an agency that let the partner in', async () => {
  const { on, hawksoft } = await stage()
  const status = async (path: string, headers: Record<string, string>) => (await standInForAms(on, new Request(`${HOST}${path}`, { headers }), path.split('?')[0] ?? '')).status
  const basic = { Authorization: `Basic ${btoa(`${amsPartner.user}:${amsPartner.password}`)}` }
  expect([await status('/rest/me', {}), await status('/hawksoft/vendor/agencies?version=3.0', {}), await status('/hawksoft/vendor/agencies', basic)]).toEqual([401, 401, 400])
  expect([await status('/hawksoft/vendor/agencies?version=3.0', basic), await status('/hawksoft/vendor/agency/8/clients?version=3.0', basic)]).toEqual([200, 403])
  expect(await hawksoft.test()).toEqual({ ok: true, value: null })
})

test('the sandbox page shows what the AMS was handed, and nothing of it becomes markup', async () => {
  const { on } = await stage()
  const note = { id: 'nte_1', at: on.now, reference: 'cal_"><b>', wire: 'rest', contact: '1001', subject: '<script>1</script>', text: '<i>spoken</i>' } as const
  const page = (does: 'answers' | 'down' | 'silent') => sandboxPage({ accounts: [], carrierKeys: [], mails: [], ams: { does, notes: [note] }, aheadMs: 0, now: on.now, head: [], origin: 'http://localhost:8787' }).toString()
  expect(page('answers')).not.toMatch(/<script|<i>|<b>|style=|onclick/)
  expect(page('answers')).toContain('about Grace Whitfield')
  expect([page('answers').includes('Take it down'), page('down').includes('Bring it up again'), page('down').includes('Take it down')]).toEqual([true, true, false])
})
