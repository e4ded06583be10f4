import { afterEach, expect, test, vi } from 'vitest'
import { summarise, type Assistant } from './assistant.ts'

const own = 'https://countersign.example.com'
const assistant: Assistant = { base: 'https://models.example.org/v1', model: 'any', origin: 'https://models.example.org', key: 'sk-agency-a' }
const canaries = ['Casey', 'Canary', '219-09-9999', '555-0132', 'casey@example.com', '03/14/1985', 'D1234567']
const transcript = `Hi, this is Casey Canary, born 03/14/1985, call me on 415-555-0132. My social is 219-09-9999 and my license is D1234567. Mail casey@example.com.`
const call = { transcript, known: ['Casey Canary'] }

const choice = (content: unknown): Response => Response.json({ id: 'chatcmpl-1', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] })

/** A model that says again what it was told, in the wire of chat completions. */
async function parrot(request: Request): Promise<Response> {
  const { messages } = await request.json<{ messages: { content: string }[] }>()
  return choice(`In short: ${messages.at(-1)?.content}`)
}

/** Everything that left, and the answer to it. */
function listening(answer: (request: Request) => Response | Promise<Response> = parrot) {
  const heard: { url: string; text: string; authorization: string | null }[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input as string, init as RequestInit)
    heard.push({ url: request.url, text: await request.clone().text(), authorization: request.headers.get('Authorization') })
    return answer(request)
  })
  return heard
}

afterEach(() => vi.restoreAllMocks())

test('without an assistant, nothing is called and there is no summary', async () => {
  const heard = listening()
  expect(await summarise(null, call, { own })).toEqual({ text: null, record: { outcome: 'off', sentChars: 0, withheld: 0, answerChars: 0 } })
  expect(heard).toEqual([])
})

test('what leaves holds no name, number, address or birthday; what comes back has them in their places', async () => {
  const heard = listening()
  const { text, record } = await summarise(assistant, call, { own })
  expect(heard).toHaveLength(1)
  expect(heard[0]).toMatchObject({ url: 'https://models.example.org/v1/chat/completions', authorization: 'Bearer sk-agency-a' })
  for (const canary of canaries) expect(heard[0]?.text).not.toContain(canary)
  expect(text).toBe(`In short: ${transcript}`)
  expect(record).toMatchObject({ outcome: 'answered', withheld: 6 })
})

test('the record of a question holds sizes and an outcome, and no word of it', async () => {
  listening()
  const { record } = await summarise(assistant, call, { own })
  expect(Object.keys(record).sort()).toEqual(['answerChars', 'outcome', 'sentChars', 'withheld'])
  for (const canary of canaries) expect(JSON.stringify(record)).not.toContain(canary)
})

test('an assistant that is busy, refuses, answers nonsense or nothing leaves no summary and says why', async () => {
  const outcome = async (answer: () => Response) => {
    listening(answer)
    const { text, record } = await summarise(assistant, call, { own })
    return [text, record.outcome]
  }
  expect(await outcome(() => Response.json({ error: {} }, { status: 429 }))).toEqual([null, 'rate_limited'])
  expect(await outcome(() => Response.json({ error: {} }, { status: 401 }))).toEqual([null, 'refused'])
  expect(await outcome(() => new Response('<html>'))).toEqual([null, 'unusable'])
  expect(await outcome(() => Response.json({ choices: [] }))).toEqual([null, 'unusable'])
  for (const content of ['  ', null, 5]) expect(await outcome(() => choice(content))).toEqual([null, 'unusable'])
  expect(await outcome(() => new Response(null, { status: 302, headers: { Location: 'https://elsewhere.example.org' } }))).toEqual([null, 'redirected'])
})

test('an address that may not be called is not, and the key stays here', async () => {
  const heard = listening()
  for (const base of ['http://models.example.org/v1', 'https://127.0.0.1/v1', 'https://elsewhere.example.org/v1', `${own}/v1`, 'not an address']) {
    expect(await summarise({ ...assistant, base }, call, { own })).toMatchObject({ text: null, record: { outcome: 'refused_address' } })
  }
  expect(heard).toEqual([])
})
