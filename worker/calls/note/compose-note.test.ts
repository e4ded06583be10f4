import { expect, onTestFinished, test, vi } from 'vitest'
import { connectedDouble } from '../../../tests/support/ams-scene.ts'
import { newDialler } from '../../../tests/support/call-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { setAssistant } from '../../core/ai/set-assistant.ts'
import { withAms } from '../ams/with-ams.ts'
import { handOverDue } from '../sync/run-due.ts'
import { composeNote, type CallToNote } from './compose-note.ts'

const at = Date.UTC(2026, 10, 27, 14, 3)
const call: Omit<CallToNote, 'memberId'> = { id: 'cal_1', direction: 'inbound', outcome: 'answered', startedAt: at, answeredAt: at + 9_000, endedAt: at + 197_000, durationS: 188, disposition: null }
const content = { phone: '+14155550132', transcript: 'Hello. I moved.', text: null, contact: null }

test('a note is made of facts alone where there is no summary, and says who handled the call', async () => {
  const line = await newDialler()
  const { memberId } = await line.tenant.someone('member')
  const note = await line.tenant.asJob((ctx) => composeNote(ctx, { ...call, memberId }, content, { name: 'Casey Canary' }))
  expect(note.subject).toBe('Call from Casey Canary')
  expect(note.text).toContain('Handled by: Mila Member')
  expect(note.text).toContain('Hello. I moved.')
  expect(note.text).not.toContain('Summary')
})

test('another agency’s member is nobody in a note', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  const { memberId } = await other.tenant.someone('member')
  expect((await line.tenant.asJob((ctx) => composeNote(ctx, { ...call, memberId }, content, null))).text).not.toContain('Handled by')
})

const said = { ...content, transcript: 'This is Casey Canary, born 03/14/1985. I moved to 12 Quay Street, Portland, ME 04101. Priya said she would call me on 415-555-0132.' }

/** A line of an agency whose own assistant, at an address of its own, repeats what it is told or does something else. */
async function withAssistant(host: string) {
  const line = await newDialler()
  await line.owner.run((ctx) => setAssistant(ctx, { base: `https://${host}.example.org/v1`, model: 'any', key: `sk-of-${host}`, on: true }, 0))
  return line
}

/** What the world outside answers until the test is over. */
function outside(answer: typeof fetch) {
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(answer)
  onTestFinished(() => spy.mockRestore())
  return spy
}

test('what leaves for the assistant names nobody, and its summary stands in the note with the names in their places', async () => {
  const [line, other] = [await withAssistant('alpha'), await withAssistant('beta')]
  const heard: string[] = []
  outside(async (input, init) => {
    const body = (init as RequestInit).body as string // `as`: egress sends text
    heard.push(`${input as string} ${body}`)
    const { messages } = JSON.parse(body) as { messages: { content: string }[] }
    return Response.json({ choices: [{ message: { content: `In short: ${messages.at(-1)?.content.split('. ')[0]}.` } }] })
  })
  const { memberId } = await line.tenant.someone('member')
  const note = await line.tenant.asJob((ctx) => composeNote(ctx, { ...call, memberId }, { ...said, transcript: `${said.transcript} Mila Member will see to it.` }, { name: 'Casey Canary' }))
  expect(heard).toHaveLength(1)
  expect(heard[0]).toContain('https://alpha.example.org/v1/chat/completions')
  expect(heard[0]).not.toMatch(/Casey|Canary|1985|Quay|Portland|04101|0132|Mila|Member/)
  expect(note.text).toContain('In short: This is Casey Canary, born 03/14/1985.')
  expect(note.text).toContain('12 Quay Street')
  await other.tenant.asJob((ctx) => composeNote(ctx, { ...call, memberId: null }, said, null))
  expect(heard[1]).toContain('https://beta.example.org/')
})

test('a note waits for no model: one that refuses, is away or answers nonsense leaves a note of facts alone', async () => {
  const line = await withAssistant('gamma')
  const answers = [() => new Response('busy', { status: 503 }), () => Promise.reject(new TypeError('gone')), () => new Response('<html>')]
  for (const answer of answers) {
    outside(async () => answer())
    const { text } = await line.tenant.asJob((ctx) => composeNote(ctx, { ...call, memberId: null }, said, null))
    expect(text).toContain(said.transcript)
    expect(text).not.toContain('Summary')
  }
})

test('of a call without words nothing is asked', async () => {
  const line = await withAssistant('delta')
  const asked = outside(async () => new Response('never'))
  await line.tenant.asJob((ctx) => composeNote(ctx, { ...call, memberId: null }, { ...content, transcript: ' ', text: 'On my way.' }, null))
  expect(asked).not.toHaveBeenCalled()
})

test('[CAL-07] what a dialler transcribed stands in the AMS with the summary of the agency’s assistant, which was told nobody’s name; another agency’s assistant hears nothing', async () => {
  const [line, other] = [await withAssistant('epsilon'), await withAssistant('zeta')]
  const ams = await connectedDouble(line.tenant, [{ id: 'c1', name: 'Casey Canary', phone: '+14155550132' }])
  const onward = globalThis.fetch
  const heard: string[] = []
  outside(async (input, init) => {
    const url = new Request(input as RequestInfo).url // `as`: the Worker's types and the page's name the same thing
    if (!/^https:\/\/(epsilon|zeta)\.example\.org\//.test(url)) return onward(input, init)
    heard.push(`${url} ${String(init?.body)}`)
    return Response.json({ choices: [{ message: { content: 'The caller asked whether the renewal went through.' } }] })
  })
  const start = await testClock()
  for (const each of [line, other]) await each.tell('ended', 'one', { at: start, duration: 60 })
  await line.tell('transcript', 'one', { at: start, transcript: 'This is Casey Canary. Did my renewal go through?' })
  expect(await handOverDue(await testParts(start + 180_000), line.tenant.id, { withAms, compose: composeNote })).toBe(1)
  expect(heard).toEqual([expect.stringMatching(/^https:\/\/epsilon\.example\.org\/v1\/chat\/completions /)])
  expect(heard[0]).not.toMatch(/Casey|Canary/)
  expect(ams.notes).toHaveLength(1)
  expect(ams.notes[0]).toMatchObject({ contact: 'c1', text: expect.stringMatching(/Outcome: Answered[\s\S]*The caller asked whether the renewal went through\.[\s\S]*This is Casey Canary\./) })
})
