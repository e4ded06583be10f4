import type { Statement } from '../support/watched-env.ts'

/**
 * Why a statement is not pinned to a tenant, or null. Each tenant table it names must be held to that tenant: a row that is
 * written carries the id, a row that is looked for is asked for by it, with the id as a bound value.
 */
export function unpinned({ sql, params }: Statement, tenantTables: ReadonlySet<string>, tenantId: string): string | null {
  const tokens = tokensOf(sql)
  for (const table of namedIn(tokens, tenantTables)) {
    if (!isPinned(tokens, params, table, tenantId)) return `${table} is not held to the tenant in: ${sql}`
  }
  return null
}

type Token = { readonly text: string; /** Which bound value a `?` stands for. */ readonly bound: number | null }

/** Words, quoted names, numbers, `?` and signs; text in quotes is one token. */
function tokensOf(sql: string): Token[] {
  let bound = -1
  return [...sql.matchAll(/'(?:[^']|'')*'|"[^"]*"|[A-Za-z_][\w]*|\?\d*|\d+|[^\s]/g)].map(([text]) => {
    if (!text.startsWith('?')) return { text, bound: null }
    bound = text === '?' ? bound + 1 : Number(text.slice(1)) - 1
    return { text: '?', bound }
  })
}

const bare = (token: Token | undefined): string => (token?.text ?? '').replace(/^"(.*)"$/, '$1')

/** Tables that stand where a statement names what it reads or writes. */
function namedIn(tokens: readonly Token[], tables: ReadonlySet<string>): string[] {
  const named = tokens.flatMap((token, at) => (/^(from|join|into|update)$/i.test(token.text) && tables.has(bare(tokens[at + 1])) ? [bare(tokens[at + 1])] : []))
  return [...new Set(named)]
}

function isPinned(tokens: readonly Token[], params: readonly unknown[], table: string, tenantId: string): boolean {
  return tokens.some((_, at) => comparesTenant(tokens, at, table, (token) => isTenant(token, params, tenantId))) || insertsTenant(tokens, params, table, tenantId)
}

const isTenant = (token: Token | undefined, params: readonly unknown[], tenantId: string): boolean => token?.bound !== undefined && token.bound !== null && params[token.bound] === tenantId

/** `"table"."tenant_id" = ?`, or equal to that of another table (which must be pinned itself), or unqualified where one table is named. */
function comparesTenant(tokens: readonly Token[], at: number, table: string, isValue: (token: Token | undefined) => boolean): boolean {
  const qualified = bare(tokens[at]) === table && tokens[at + 1]?.text === '.' && bare(tokens[at + 2]) === 'tenant_id' && tokens[at + 3]?.text === '='
  const lone = bare(tokens[at]) === 'tenant_id' && tokens[at + 1]?.text === '=' && tokens[at - 1]?.text !== '.'
  if (!qualified && !lone) return false
  const next = at + (qualified ? 4 : 2)
  return isValue(tokens[next]) || (tokens[next + 1]?.text === '.' && bare(tokens[next + 2]) === 'tenant_id' && bare(tokens[next]) !== table)
}

/** `insert into "table" ("tenant_id", …) values (?, …)` with the tenant bound where the column stands. */
function insertsTenant(tokens: readonly Token[], params: readonly unknown[], table: string, tenantId: string): boolean {
  const into = tokens.findIndex((token, at) => /^into$/i.test(token.text) && bare(tokens[at + 1]) === table && tokens[at + 2]?.text === '(')
  if (into < 0) return false
  const columns = group(tokens, into + 2)
  const values = tokens.findIndex((token, at) => at > into && /^values$/i.test(token.text))
  const at = columns.findIndex((column) => bare(column[0]) === 'tenant_id')
  return at >= 0 && values > 0 && isTenant(group(tokens, values + 1)[at]?.[0], params, tenantId)
}

/** What stands between the brackets that open at `from`, split at the commas of that level. */
function group(tokens: readonly Token[], from: number): Token[][] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens.slice(from)) {
    if (token.text === '(') depth += 1
    if (token.text === ')') depth -= 1
    if (depth === 0) break
    if (token.text === '(' && depth === 1) continue
    if (token.text === ',' && depth === 1) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}
