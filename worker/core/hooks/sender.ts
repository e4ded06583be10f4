import type { SeatCopy } from '../../../durable-objects/account-words.ts'
import type { RecordedEvent } from '../audit/event.ts'
import type { Ctx } from '../ctx.ts'
import type { JobParts } from '../job.ts'
import type { Read, Write } from '../tenancy/statement.ts'

/** A message as it arrived: its body is bytes, for they are what was signed. */
export type HookMessage = { readonly headers: Headers; readonly body: Uint8Array }

/** Why a message is turned away. */
export const hookRefusals = ['missing', 'malformed', 'not_canonical', 'wrong_signature', 'too_old', 'too_new'] as const
export type HookRefusalWord = (typeof hookRefusals)[number]

/** `body` is what was proven; `eventId` is the sender's id of the message. */
export type HookVerdict = { readonly accepted: true; readonly body: unknown; readonly eventId: string } | { readonly accepted: false; readonly why: HookRefusalWord }

/** What a proven message comes to: changes that go into one batch with the row that refuses a second one. */
export type HookEffect = {
  /** A word for the list of messages: `answered`. */
  readonly type: string
  readonly result: 'taken' | 'nothing' | 'too_late'
  readonly writes: readonly Write[]
  readonly events: readonly RecordedEvent[]
  /** Takes back what was made outside the batch, should the batch be refused; never where it may have been taken. */
  readonly undo?: () => Promise<void>
  readonly afterwards?: HookAftermath
}

/**
 * What a message starts once it is durable. `of` is asked in the batch that makes it so: what it answers is started, each by
 * its id, at the seat the message was taken at. It may be lost, and nobody waits for it: not the sender, who is answered first.
 */
export type HookAftermath = {
  readonly of: Read<readonly string[]>
  readonly start: (parts: JobParts, seat: SeatCopy, ids: readonly string[]) => Promise<void>
}

/** Somebody whose webhooks a module takes, as data: what stands in the address, how a message proves itself, and what it does. */
export type HookSender = {
  readonly name: string
  /** The largest body. */
  readonly bytes: number
  /** Messages of one connection in a minute. */
  readonly perMinute: number
  readonly newSecret: () => string
  /** Pure, and never throws. */
  readonly verify: (message: HookMessage, secret: string, now: number) => Promise<HookVerdict>
  /** A message as this sender would send it that tells of nothing: tries a connection out. */
  readonly sample: (secret: string, now: number, id: string) => Promise<HookMessage>
  /** The headers that answer a sender's first call, where it makes one before it sends anything; null for every other call. */
  readonly handshake?: (headers: Headers) => Readonly<Record<string, string>> | null
  /** Says what is to change. Where the batch was refused for something that was there already it is asked again, with `again`: it looks before it says. */
  readonly take: (ctx: Ctx, message: { readonly connectionId: string; readonly eventId: string; readonly body: unknown; readonly again: boolean }) => Promise<HookEffect>
}
