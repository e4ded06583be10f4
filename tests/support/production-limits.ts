import { runInDurableObject } from 'cloudflare:test'
import type { AuditChain } from '../../durable-objects/audit-chain.ts'

/** What production refuses and a local workerd, or its SQLite, takes: each is refused here in every test, wherever it is asked. */
export const limits = { pbkdf2: 100_000, params: 100, patternBytes: 50, rowBytes: 1_900_000, statementBytes: 100_000 }

/** What production measures of a statement: how many values are bound, and bytes of its longest pattern, of what it may write into a row, of its text. */
export const sizesOf = (sql: string, params: readonly unknown[]) => ({
  params: params.length,
  pattern: Math.max(0, ...patternsOf(sql, params).map(bytesOf)),
  row: params.reduce<number>((sum, param) => sum + bytesOf(param), 0),
  statement: bytesOf(sql),
})

/** Why production would refuse a statement, or null. */
export function refusalOf(sql: string, params: readonly unknown[]): string | null {
  const { pattern, row, statement } = sizesOf(sql, params)
  if (params.length > limits.params) return `${params.length} bound parameters`
  if (pattern > limits.patternBytes) return `a LIKE pattern of ${pattern} bytes`
  if (row > limits.rowBytes) return `a row of ${row} bytes`
  if (statement > limits.statementBytes) return `a statement of ${statement} bytes`
  return null
}

/** What stands behind LIKE and GLOB: a bound value or a text of the statement. */
function patternsOf(sql: string, params: readonly unknown[]): unknown[] {
  if (!/like|glob/i.test(sql)) return []
  let bound = 0
  const patterns: unknown[] = []
  for (const [token, text] of sql.matchAll(/'((?:[^']|'')*)'|\?|\b(?:like|glob)\b/gi)) {
    if (/^(like|glob)$/i.test(token)) patterns.push('next')
    else if (patterns.at(-1) === 'next') patterns[patterns.length - 1] = token === '?' ? params[bound] : text
    if (token === '?') bound += 1
  }
  return patterns
}

const encoder = new TextEncoder()
const bytesOf = (value: unknown): number => {
  if (typeof value === 'string') return encoder.encode(value).length
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? value.byteLength : 8
}

const kept = Symbol.for('countersign.limits')

/** Where a statement keeps its own text. A WeakMap of all statements was a twentieth of a walk's time. */
const ownText = Symbol('text')
type Prepared = { readonly [ownText]?: string }

/**
 * From here on every statement on any D1 and in any object, and every key derivation, throws where production would. The
 * prototypes are the isolate's, which tests, Worker and objects share; a second call changes nothing.
 */
export async function keepToProductionLimits(database: D1Database, object: DurableObjectStub<AuditChain>): Promise<void> {
  if (kept in globalThis) return
  Object.assign(globalThis, { [kept]: true })
  const statement = Object.getPrototypeOf(database.prepare('SELECT 1')) as { bind: Call } // `as`: what every prepared statement inherits
  replace(Object.getPrototypeOf(database) as { prepare: Call }, 'prepare', (real, self, [sql]) => { // `as`: likewise
    return Object.assign(real.call(self, sql) as object, { [ownText]: String(sql) }) // `as`: a statement
  })
  replace(statement, 'bind', (real, self, params) => {
    demand(refusalOf((self as Prepared)[ownText] ?? '', params)) // `as`: prepared above
    return real.apply(self, params)
  })
  await runInDurableObject(object, (_, { storage }) => {
    replace(Object.getPrototypeOf(storage.sql) as { exec: Call }, 'exec', (real, self, [sql, ...params]) => { // `as`: what every object's SQLite inherits
      demand(refusalOf(String(sql), params))
      return real.call(self, sql, ...params)
    })
  })
  for (const name of ['deriveBits', 'deriveKey'] as const) {
    replace(Object.getPrototypeOf(crypto.subtle) as Record<'deriveBits' | 'deriveKey', Call>, name, (real, self, given) => { // `as`: WebCrypto's own
      const { iterations = 0 } = given[0] as { iterations?: number } // `as`: the parameters of a derivation
      if (iterations > limits.pbkdf2) throw new Error(`production refuses PBKDF2 with ${iterations} iterations`)
      return real.apply(self, given)
    })
  }
}

type Call = (...given: unknown[]) => unknown

function replace<K extends string>(prototype: Record<K, Call>, name: K, by: (real: Call, self: object, given: unknown[]) => unknown): void {
  const real = prototype[name]
  prototype[name] = function (this: object, ...given: unknown[]) {
    return by(real, this, given)
  }
}

function demand(refusal: string | null): void {
  if (refusal !== null) throw new Error(`production refuses ${refusal}`)
}
