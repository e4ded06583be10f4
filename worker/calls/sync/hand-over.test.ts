import { runDurableObjectAlarm } from 'cloudflare:test'
import { expect, onTestFinished, test, vi } from 'vitest'
import { connectedDouble } from '../../../tests/support/ams-scene.ts'
import { callRow, newDialler, type Dialler } from '../../../tests/support/call-scene.ts'
import { clock, testClock } from '../../../tests/support/clock.ts'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { asAdmin, bindings, entriesOf, reachNow } from '../../../tests/support/scene.ts'
import { holding, stored } from '../../../tests/support/stored.ts'
import { setAssistant } from '../../core/ai/set-assistant.ts'
import { isVaultFault } from '../../core/vault/fault.ts'
import { callContent } from '../log/module.ts'
import { purgeCalls } from '../log/purge-calls.ts'
import { wake } from '../../wake.ts'

const MINUTE = 60_000
const casey = { id: 'C-1', name: 'Casey Canarybird', phone: '+14155550132' }
const words = 'Canarytalk about the roof.'

/** An agency with a dialler and an AMS; whose call has ended just now. */
async function scene() {
  const line = await newDialler()
  const ams = await connectedDouble(line.tenant, [casey])
  const start = await testClock()
  await line.tell('ringing', 'one', { at: start - 70_000 })
  await line.tell('ended', 'one', { at: start, duration: 60 })
  await line.tell('transcript', 'one', { at: start, transcript: words })
  return { line, ams, start, ...(await callRow(line, 'one')) }
}

/** The tenant's alarm rings, by the test clock, so long after a moment. */
async function alarmAt(line: Dialler, at: number): Promise<void> {
  const before = clock.aheadMs
  clock.aheadMs += at - (await testClock())
  try {
    await runDurableObjectAlarm(bindings.TIMERS.get(bindings.TIMERS.idFromName(line.tenant.id)))
  } finally {
    clock.aheadMs = before
  }
}

const wholeRow = async ({ tenant }: Dialler, id: string) => (await reachNow()).shard(tenant.shard).prepare('SELECT * FROM calls WHERE id = ?').bind(id).first<Record<string, unknown>>()

test('[CAL-02][CAL-17][CAL-53][CAL-54][CAL-75] by an alarm of its own a call is in the AMS between three and five minutes after its end, and forgotten in the same step', async () => {
  const [{ line, ams, start, id }, other] = [await scene(), await scene()]
  await alarmAt(line, start + 2 * MINUTE + 50_000)
  expect([ams.notes, (await callRow(line, 'one')).state]).toEqual([[], 'live'])
  await alarmAt(line, start + 3 * MINUTE + 1000)
  expect(ams.notes).toEqual([expect.objectContaining({ reference: id, contact: 'C-1', text: expect.stringContaining(words) })])
  const row = await wholeRow(line, id)
  expect(row).toMatchObject({ state: 'purged', content: null, purged_by: 'sync' })
  expect(Number(row?.['purged_at']) - start).toBeLessThan(5 * MINUTE)
  const [synced, purging, purged] = await Promise.all(['calls.call.synced', 'calls.call.purging', 'calls.call.purged'].map((name) => entriesOf(line.tenant.id, name)))
  expect([synced, purging, purged].map((entries) => entries?.map(({ subject, actor }) => [subject, actor.kind]))).toEqual(Array(3).fill([[id, 'system']]))
  expect(purged?.[0]?.meta).toEqual({ classes: 'phone,transcript,text,contact', ciphertext: row?.['content_digest'], key: `call/${id}`, by: 'sync', started_at: start - 70_000, ended_at: start })
  expect([(await callRow(other.line, 'one')).state, other.ams.notes]).toEqual(['live', []])
})

test('[CAL-51] of an AMS’s credentials a hand-over is one use, and nothing while nothing is due', async () => {
  const { line, start } = await scene()
  await alarmAt(line, start + 2 * MINUTE)
  // The ring is shown with a look-up of its own.
  const handOvers = async () => (await entriesOf(line.tenant.id, 'calls.ams_credentials.read')).map(({ meta }) => meta['use']).filter((use) => use !== 'look_up')
  expect(await handOvers()).toEqual([])
  await alarmAt(line, start + 3 * MINUTE + 1000)
  await alarmAt(line, start + 10 * MINUTE)
  expect(await handOvers()).toEqual(['hand_over'])
})

/** What of a call stays when it is purged: its way, times, outcome, handler, four digits, and what became of it. Anything else is a mistake. */
const stays = [
  'tenant_id', 'id', 'connection_id', 'session_id', 'direction', 'outcome', 'started_at', 'answered_at', 'ended_at', 'duration_s', 'member_id', 'phone_last4', 'seal_version', 'has_transcript', 'state', 'sync_state', 'sync_attempts', 'synced_at', 'note_id',
  'handed_to', 'matches', 'popped_at', 'disposition', 'cap_at', 'content_digest', 'purged_at', 'purged_by', 'version',
]
/** What is null by then: the sealed content, and what a hand-over needs while it is not over. */
const goes = ['content', 'sync_due_at', 'sync_trouble', 'order_key']

test('[CAL-21][CAL-22][CAL-45][CAL-46][CAL-55] right after the AMS’s receipt a call’s row holds four digits and figures; its words lie nowhere, and a copy of the ciphertext opens no more', async () => {
  const begun = Date.now()
  const { line, start, id } = await scene()
  const before = await callRow(line, 'one')
  const sealVersion = Number((await wholeRow(line, id))?.['seal_version'])
  const open = () => line.tenant.asJob(async (ctx) => (await ctx.vault.withSalt('call', id)).open(callContent, id, { sealed: before.content as never, sealVersion })) // `as`: a copy that somebody kept
  expect(await open()).toMatchObject({ phone: casey.phone, transcript: words })
  await alarmAt(line, start + 3 * MINUTE + 1000)
  const row = (await wholeRow(line, id)) ?? {}
  expect(Object.keys(row).toSorted()).toEqual([...stays, ...goes].toSorted())
  expect(goes.map((column) => row[column])).toEqual(goes.map(() => null))
  expect(row['phone_last4']).toBe('0132')
  expect((await line.calls())[0]?.number).toBe('***-***-0132')
  await entriesOf(line.tenant.id, 'calls.call.purged')
  expect(holding(await stored({ since: begun }), [words, casey.phone, casey.name, casey.phone.slice(1)])).toEqual([])
  await expect(open()).rejects.toSatisfy((thrown) => isVaultFault(thrown) || (thrown as { failure?: { code?: string } }).failure?.code === 'gone')
})

test('[CAL-59] as whom the AMS knew the number is sealed with the call while it is under way; right after the receipt the name lies nowhere and no copy of it opens, and another agency’s is still there', async () => {
  const begun = Date.now()
  const [start, known] = [await testClock(), [casey]]
  const houses = []
  for (const line of [await newDialler(), await newDialler()]) {
    const ams = await connectedDouble(line.tenant, known)
    await line.tell('ringing', 'named', { at: start - 70_000 })
    const { id } = await callRow(line, 'named')
    await vi.waitFor(async () => expect(await wholeRow(line, id)).toMatchObject({ matches: 1 }), 5_000)
    const { content, seal_version: version } = (await wholeRow(line, id)) ?? {}
    // `as`: a copy of the row that somebody kept
    houses.push({ line, ams, open: () => line.tenant.asJob(async (ctx) => (await ctx.vault.withSalt('call', id)).open(callContent, id, { sealed: content as never, sealVersion: Number(version) })) })
  }
  const [mine, theirs] = houses as [(typeof houses)[0] & {}, (typeof houses)[0] & {}] // `as`: two were made
  expect(await mine.open()).toMatchObject({ contact: { id: casey.id, name: casey.name } })
  expect(holding(await stored({ since: begun }), [casey.name])).toEqual([])
  await mine.line.tell('ended', 'named', { at: start, duration: 60 })
  await alarmAt(mine.line, start + 3 * MINUTE + 1000)
  expect(mine.ams.notes).toEqual([expect.objectContaining({ contact: casey.id })])
  expect(await callRow(mine.line, 'named')).toMatchObject({ state: 'purged', content: null })
  await expect(mine.open()).rejects.toSatisfy((thrown) => isVaultFault(thrown) || (thrown as { failure?: { code?: string } }).failure?.code === 'gone')
  expect(holding(await stored({ since: begun }), [casey.name])).toEqual([])
  expect(await theirs.open()).toMatchObject({ contact: { name: casey.name } })
})

test('[CAL-09][CAL-58] a text message is a note in the AMS too, and its body is gone from here', async () => {
  const line = await newDialler()
  const ams = await connectedDouble(line.tenant, [casey])
  const start = await testClock()
  await line.tell('sms', 'text', { at: start, text: 'Canarytext: call me.' })
  await alarmAt(line, start + 3 * MINUTE + 1000)
  expect(ams.notes).toEqual([expect.objectContaining({ contact: 'C-1', text: expect.stringContaining('Canarytext: call me.') })])
  expect(await callRow(line, 'text')).toMatchObject({ state: 'purged', content: null })
})

test('[CAL-11] after the hand-over the AMS is where a call’s words are: its page names the note there, and shows and answers nothing of them', async () => {
  const { line, ams, start, id } = await scene()
  const said = async (path: string) => (await line.owner.page(path)).text()
  expect(await said(`/calls/${id}`)).toContain(words)
  await alarmAt(line, start + 3 * MINUTE + 1000)
  const after = await said(`/calls/${id}`)
  expect(after).toContain(ams.notes[0]?.id)
  expect([...after.matchAll(/Canary|415555/g)]).toEqual([])
  expect(await (await line.owner.call(`/api/v1/calls/${id}`)).json()).toMatchObject({ content: null, call: { noteId: ams.notes[0]?.id, number: '***-***-0132' } })
})

test('[CAL-08][CAL-10] details, an assistant’s summary and the transcript are one note under the right contact', async () => {
  const { line, ams, start, id } = await scene()
  const doubles = globalThis.fetch
  const model = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const { host } = new URL(new Request(input as RequestInfo).url) // `as`: the Worker's types and the page's name the same thing
    if (host === 'model.example.org') return Response.json({ choices: [{ message: { content: 'Asked about the roof.' } }] })
    return doubles(input, init)
  })
  onTestFinished(() => model.mockRestore())
  await line.owner.run((ctx) => setAssistant(ctx, { base: 'https://model.example.org/v1', model: 'any', key: 'sk-test', on: true }, 0))
  ams.contacts.push({ id: 'C-2', name: 'Somebody Else', phone: '+14155550199' })
  await alarmAt(line, start + 3 * MINUTE + 1000)
  expect(ams.notes).toHaveLength(1)
  const { contact, text } = ams.notes[0] ?? { contact: null, text: '' }
  expect(contact).toBe('C-1')
  for (const part of ['Spoke for: 1 min', 'Outcome: Answered', 'Asked about the roof.', words, id]) expect(text).toContain(part)
})

test('[CAL-23][CAL-52] where the first attempt fails the next ones follow within the hour, and until then the row says when they do and when its content goes in any case', async () => {
  const { line, ams, start, id } = await scene()
  ams.does = 'busy'
  await alarmAt(line, start + 3 * MINUTE + 1000)
  const waits = await wholeRow(line, id)
  expect(waits).toMatchObject({ state: 'live', sync_state: 'waiting', sync_trouble: 'busy', sync_attempts: 1 })
  expect([Number(waits?.['sync_due_at']) - start < 60 * MINUTE, Number(waits?.['cap_at']) - start > 29 * 86_400_000]).toEqual([true, true])
  ams.does = 'answers'
  for (const minutes of [5, 10, 20]) await alarmAt(line, start + minutes * MINUTE)
  expect(ams.notes).toHaveLength(1)
  const row = await wholeRow(line, id)
  expect([row?.['state'], Number(row?.['purged_at']) - start < 60 * MINUTE]).toEqual(['purged', true])
})

test('[CAL-23] a purge that broke off after the AMS’s receipt is finished by the tenant’s next alarm, or by the hourly sweep', async () => {
  for (const finish of ['alarm', 'sweep'] as const) {
    const { line, start, id } = await scene()
    const parts = await testParts(start + 3 * MINUTE)
    const shut = vi.spyOn(parts.reach.keyring.bucket, 'delete').mockRejectedValue(new Error('R2 is away'))
    await wake(parts, 'run-due', line.tenant.id).catch(() => undefined)
    shut.mockRestore()
    expect(await callRow(line, 'one')).toMatchObject({ state: 'purging', syncState: 'synced', content: null })
    if (finish === 'alarm') await wake(await testParts(start + 4 * MINUTE), 'run-due', line.tenant.id)
    else await line.tenant.asJob((ctx) => purgeCalls(ctx, 50), start + 60 * MINUTE)
    expect([finish, (await callRow(line, 'one')).state, (await entriesOf(line.tenant.id, 'calls.call.purged')).map(({ subject }) => subject)]).toEqual([finish, 'purged', [id]])
  }
})

test('[CAL-61] a year after its purge a call’s figures are there, and nothing in them leads to a person outside the agency', async () => {
  const { line, start, id } = await scene()
  await alarmAt(line, start + 3 * MINUTE + 1000)
  const before = await wholeRow(line, id)
  await line.tenant.asJob((ctx) => purgeCalls(ctx, 50), start + 366 * 86_400_000)
  expect(await wholeRow(line, id)).toEqual(before)
  expect(JSON.stringify(before)).not.toMatch(/415555|C-1|Canary/)
})

test('[CAL-24] what the cap purged is counted for an admin, and what the AMS’s receipt purged is not among it', async () => {
  const { line, start } = await scene()
  await alarmAt(line, start + 3 * MINUTE + 1000)
  const admin = await asAdmin(line.tenant)
  expect(await (await admin.call('/api/v1/call-hand-overs')).json()).toMatchObject({ capped: 0, lost: 0 })
  await line.tell('transcript', 'late', { at: start, transcript: words })
  await line.tenant.asJob((ctx) => purgeCalls(ctx, 50), start + 31 * 86_400_000)
  expect(await (await admin.call('/api/v1/call-hand-overs')).json()).toMatchObject({ capped: 1, lost: 1 })
})
