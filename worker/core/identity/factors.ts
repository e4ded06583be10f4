import type { Cell, Told } from '../../../durable-objects/factor-words.ts'
import type { RecordedEvent } from '../audit/event.ts'
import type { Visit } from '../ctx.ts'
import type { SealedCell } from '../vault/sealed.ts'
import { guardEvents } from './guard-event.ts'

/** The factors of one account, in its guard. A fresh stub each time: a stub is broken after an exception. */
export const factorsOf = (visit: Visit, accountId: string) => visit.reach.guards.of(accountId).factors

/** Events for either outcome of a step in the guard. */
export async function told(visit: Visit, accountId: string, done: readonly RecordedEvent[], failed: readonly RecordedEvent[] = []): Promise<Told> {
  const events = await guardEvents(visit, accountId, [...done, ...failed])
  return { done: events.slice(0, done.length), failed: events.slice(done.length) }
}

/** A cell as it came back from the guard. */
export const sealedCell = (cell: Cell): SealedCell => cell as SealedCell // `as`: the brand is lost over RPC; the vault authenticates what it opens
