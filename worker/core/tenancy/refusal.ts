import { Fault } from '../failure.ts'

const said = /countersign:([a-z_]+)/

/**
 * What the database said when it aborted a batch, as a Fault. SQLite's RAISE can only speak through its message, so this is
 * the one place that reads one: our own triggers prefix theirs with `countersign:`.
 */
export function refusalOf(thrown: unknown): unknown {
  const message = messages(thrown)
  const reason = said.exec(message)?.[1]
  if (reason === 'fence' || reason === 'role') return new Fault({ code: 'stale_fence', reason })
  if (reason === 'audit_lagging') return new Fault({ code: 'audit_lagging' })
  if (reason) return new Fault({ code: 'conflict', state: reason, detail: 'Somebody else was faster, or it was done already. Load it again to see how it stands.' })
  if (/UNIQUE constraint failed/.test(message)) return new Fault({ code: 'conflict', state: 'exists', detail: 'This exists already.' })
  if (/FOREIGN KEY constraint failed/.test(message)) return new Fault({ code: 'not_found' })
  return thrown
}

/** drizzle wraps D1's error; the words may be in the cause. */
const messages = (thrown: unknown): string => (thrown instanceof Error ? `${thrown.message} ${messages(thrown.cause)}` : '')
