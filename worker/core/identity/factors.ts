import type { AccountFactors, FactorStep } from '../../../durable-objects/account-factors.ts'
import type { Cell, Told } from '../../../durable-objects/factor-words.ts'
import type { RecordedEvent } from '../audit/event.ts'
import type { Visit } from '../ctx.ts'
import type { SealedCell } from '../vault/sealed.ts'
import { guardEvents } from './guard-event.ts'

/** One step of an account's factors, in its guard: a method of AccountFactors by name. */
export async function askFactors<S extends FactorStep>(visit: Pick<Visit, 'reach'>, accountId: string, step: S, ...asked: Parameters<AccountFactors[S]>): Promise<ReturnType<AccountFactors[S]>> {
  return (await visit.reach.guards.of(accountId).factor(step, asked as never)) as ReturnType<AccountFactors[S]> // `as`, twice: a stub knows the steps only all together
}

/** Events for either outcome of a step in the guard. */
export async function told(visit: Visit, accountId: string, done: readonly RecordedEvent[], failed: readonly RecordedEvent[] = []): Promise<Told> {
  const events = await guardEvents(visit, accountId, [...done, ...failed])
  return { done: events.slice(0, done.length), failed: events.slice(done.length) }
}

/** A cell as it came back from the guard. */
export const sealedCell = (cell: Cell): SealedCell => cell as SealedCell // `as`: the brand is lost over RPC; the vault authenticates what it opens
