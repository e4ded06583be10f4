import fc from 'fast-check'
import { expect } from 'vitest'

import type { HookRequest, Provider } from '../../worker/calls/intake/provider.ts'
import { evidence } from './evidence.ts'
import { isFull, seed } from './figures.ts'

/** A webhook before it is sent. */
export type Message = { readonly headers: Readonly<Record<string, string>>; readonly body: string }

export const hookRequest = ({ headers, body }: Message): HookRequest => ({ headers: new Headers(headers), body: new TextEncoder().encode(body) })

/** Now, on a whole second: what a scheme's times are told in. */
export const hookNow = Date.UTC(2026, 10, 27, 9, 30)

const MUTATIONS = isFull ? 20_000 : 2_000

type Edit = { readonly part: number; readonly kind: 'flip' | 'replace' | 'insert' | 'delete' | 'cut' | 'repeat' | 'swap'; readonly where: number; readonly byte: number; readonly length: number }

const edit: fc.Arbitrary<Edit> = fc.record({
  part: fc.nat(),
  kind: fc.constantFrom('flip', 'replace', 'insert', 'delete', 'cut', 'repeat', 'swap'),
  where: fc.nat(),
  // Often what a lenient decoder passes over.
  byte: fc.oneof(fc.constantFrom(...' \t=+/-_.,\n'.split('').map((each) => each.charCodeAt(0))), fc.integer({ min: 0, max: 255 })),
  length: fc.integer({ min: 1, max: 40 }),
})

function edited(bytes: Uint8Array, { kind, where, byte, length }: Edit): Uint8Array {
  const at = where % Math.max(1, bytes.length)
  const [before, after] = [[...bytes.slice(0, at)], [...bytes.slice(at)]]
  if (kind === 'flip') return Uint8Array.from([...before, (after[0] ?? 0) ^ (1 << byte % 8), ...after.slice(1)])
  if (kind === 'replace') return Uint8Array.from([...before, byte, ...after.slice(1)])
  if (kind === 'insert') return Uint8Array.from([...before, byte, ...after])
  if (kind === 'delete') return Uint8Array.from([...before, ...after.slice(length)])
  if (kind === 'cut') return Uint8Array.from(before)
  if (kind === 'repeat') return Uint8Array.from([...before, ...after.slice(0, length), ...after])
  return Uint8Array.from([...before, ...after.slice(length, 2 * length), ...after.slice(0, length), ...after.slice(2 * length)])
}

/** The request with one part changed, or null where the change changes nothing or makes a header that no client sends. */
function mutated(message: Message, part: string, how: Edit): HookRequest | null {
  const { headers, body } = hookRequest(message)
  if (part === 'body') {
    const other = edited(body, how)
    return Buffer.compare(body, other) === 0 ? null : { headers, body: other }
  }
  const value = headers.get(part) ?? ''
  const other = Buffer.from(edited(Buffer.from(value, 'latin1'), how)).toString('latin1')
  if (/[^\x20-\x7e]/.test(other)) return null
  headers.set(part, other)
  return headers.get(part) === value ? null : { headers, body }
}

/** Changes one thing at a time in what a provider's messages authenticate (`parts`: headers by name, or `body`), and wants every one refused and none thrown at. */
export async function assertMutationsRefused(provider: Provider, secret: string, messages: readonly Message[], parts: readonly string[]): Promise<void> {
  for (const message of messages) expect(await provider.verify(hookRequest(message), secret, hookNow)).toMatchObject({ accepted: true })
  const count = { tried: 0, accepted: 0 }
  await fc.assert(
    fc.asyncProperty(fc.nat(), edit, async (which, how) => {
      const request = mutated(messages[which % messages.length] as Message, parts[how.part % parts.length] as string, how)
      fc.pre(request !== null)
      count.tried += 1
      const { accepted } = await provider.verify(request, secret, hookNow)
      if (accepted) count.accepted += 1
      expect(accepted).toBe(false)
    }),
    { numRuns: MUTATIONS, seed, maxSkipsPerRun: 20 },
  )
  expect(count.tried).toBeGreaterThanOrEqual(MUTATIONS)
  evidence('G11', `mutations of what ${provider.name} authenticates`, { ...count, seed })
}
