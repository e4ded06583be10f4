import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import type { AuditChain } from '../../durable-objects/audit-chain.ts'
import type { Source, SourceBatch, SourceRow } from '../../durable-objects/audit-words.ts'
import { canonicalJson, type EntryBody } from '../../durable-objects/chain-link.ts'
import { newId } from '../../worker/core/id.ts'

/** A moment to count from: 2026-06-01T12:00:00Z. */
export const NOON = 1_780_315_200_000

type Bindings = { AUDIT_CHAIN: DurableObjectNamespace<AuditChain>; AUDIT: R2Bucket }
const bindings = env as unknown as Bindings // the bindings are made in vitest.config.ts

export const auditBucket = bindings.AUDIT

/** A log that no other test uses. */
export const newLog = (): string => newId('tnt', NOON)

/** The object of a log. */
export const chainOf = (log: string): DurableObjectStub<AuditChain> => bindings.AUDIT_CHAIN.get(bindings.AUDIT_CHAIN.idFromName(log))

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A body that some source might hand in. */
export function someBody(log: string, over: Partial<EntryBody> = {}): EntryBody {
  return {
    v: 1, id: newId('evt', NOON), tenant: log, name: 'core.member.role_changed', subject: newId('mem', NOON),
    actor: { kind: 'member', id: newId('acc', NOON), role: 'owner' }, at: NOON, meta: { from: 'member', to: 'admin' }, personal: null, ...over,
  }
}

/** The same as the row of a source. */
export function someRow(log: string, n: number, over: Partial<EntryBody> = {}, personal: string | null = null): SourceRow {
  const body = someBody(log, { ...over, personal: personal === null ? null : sha256Hex(personal) })
  return { n, id: body.id, body: canonicalJson(body), personal, genuine: true }
}

/** Rows numbered from..to. */
export const someRows = (log: string, from: number, to: number): SourceRow[] =>
  Array.from({ length: to - from + 1 }, (_, at) => someRow(log, from + at, { at: NOON + from + at }))

/** A batch that a careful drain would hand in: what the chain says first, then the rows. */
export async function batchOf(log: string, rows: readonly SourceRow[], high?: number, source: Source = 'shard'): Promise<SourceBatch> {
  const seen = await chainOf(log).sealed(log, source)
  return { source, seen, high: high ?? rows.at(-1)?.n ?? 0, complete: true, rows }
}

/** Hand rows in and answer what the chain says. */
export const seal = async (log: string, rows: readonly SourceRow[], high?: number, source: Source = 'shard') =>
  chainOf(log).append(log, NOON, await batchOf(log, rows, high, source))

/** Names of a log's entries, oldest first. */
export async function namesOf(log: string): Promise<string[]> {
  const { entries: rows } = await chainOf(log).query(log, {}, null, 200)
  return rows.map(({ line }) => (JSON.parse(line) as EntryBody).name).reverse() // `as`: a canonical entry
}
