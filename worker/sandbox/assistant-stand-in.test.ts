import { afterEach, expect, test, vi } from 'vitest'
import { summarise } from '../core/ai/assistant.ts'
import { standInForAssistant } from './assistant-stand-in.ts'

const now = Date.UTC(2026, 10, 27)
const ask = (body: unknown, key = 'Bearer sk-1') => standInForAssistant(new Request('https://countersign.example.com/sandbox/assistant/v1/chat/completions', { method: 'POST', headers: { Authorization: key }, body: JSON.stringify(body) }), now)
const messages = [{ role: 'system', content: 'Summarise.' }, { role: 'user', content: 'One. Two. Three.' }]

afterEach(() => vi.restoreAllMocks())

test('the sandbox’s assistant answers one choice in the wire of chat completions, and refuses in it', async () => {
  expect(await (await ask({ model: 'any', messages })).json()).toMatchObject({ object: 'chat.completion', created: now / 1000, choices: [{ index: 0, message: { role: 'assistant', content: 'In short: One. Two.' }, finish_reason: 'stop' }] })
  expect((await ask({ model: 'any', messages }, '')).status).toBe(401)
  expect((await ask({ model: 'any' })).status).toBe(400)
  expect((await ask({ model: 'busy', messages })).status).toBe(429)
  expect((await ask({ model: 'unavailable', messages })).status).toBe(503)
})

test('what the product asks, the sandbox’s assistant understands, below the deployment’s own address and nowhere else', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => standInForAssistant(new Request(input as string, init as RequestInit), now)) // `as`: egress calls with an address
  const [local, call] = ['http://localhost:8787', { transcript: 'This is Casey Canary. Call me on 415-555-0132.', known: ['Casey Canary'] }]
  const at = (own: string) => summarise({ base: `${own}/sandbox/assistant/v1`, model: 'any', origin: own, key: 'sk-1' }, call, { own, base: `${own}/sandbox/assistant/v1` })
  expect(await at(local)).toMatchObject({ text: 'In short: This is Casey Canary. Call me on 415-555-0132.', record: { outcome: 'answered', withheld: 2 } })
  expect(await at('https://countersign.example.com')).toMatchObject({ text: null, record: { outcome: 'refused_address' } })
})
