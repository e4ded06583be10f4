import type { CallEvent } from './call-event.ts'
import type { ProviderName } from './contract.ts'

/** A webhook as it arrived: its body is bytes, for they are what was signed. */
export type HookRequest = { readonly headers: Headers; readonly body: Uint8Array }

/** Why a message is refused. `wrong_signature` says nothing about what would have been right. */
export type HookRefusal = 'missing' | 'malformed' | 'not_canonical' | 'wrong_signature' | 'too_old' | 'too_new'

/** `body` is what was proven, as JSON. `signedAt` (epoch ms) is null where the scheme signs no time: then only `eventId` refuses a replay. */
export type Verdict =
  | { readonly accepted: true; readonly body: unknown; readonly eventId: string; readonly signedAt: number | null }
  | { readonly accepted: false; readonly why: HookRefusal }

/** One dialler: how its messages prove themselves, and what they mean. */
export type Provider = {
  readonly name: ProviderName
  /** Pure, and never throws. A message in another spelling than the canonical one is refused before its signature is looked at. */
  readonly verify: (request: HookRequest, secret: string, now: number) => Promise<Verdict>
  /** What an accepted body says about calls, in order; nothing where it says nothing that we keep. Never throws. */
  readonly parse: (body: unknown, eventId: string) => readonly CallEvent[]
  /** The headers that answer the provider's first call, where it makes one before it sends anything. */
  readonly handshake?: (headers: Headers) => Readonly<Record<string, string>> | null
}

/** How far a signed time may be from ours, either way. */
export const REPLAY_MS = 300_000
