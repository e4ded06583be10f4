import { runInDurableObject } from 'cloudflare:test'
import { bindings } from './scene.ts'

/** One place where something is kept, with everything in it as text; bytes as one character each. */
export type Stored = { readonly place: string; readonly text: string }

type Sought = { readonly buckets?: readonly ('DOCUMENTS' | 'AUDIT' | 'KEYS')[]; /** Epoch milliseconds: what was put into a bucket before holds nothing of what was said since. */ readonly since?: number }

/** Every row of every table of the three databases, and every object of the given buckets. Nothing is left out but what is older than `since`. */
export async function stored({ buckets = ['DOCUMENTS', 'AUDIT', 'KEYS'], since = 0 }: Sought = {}): Promise<Stored[]> {
  const places: Stored[] = []
  for (const name of ['DIRECTORY', 'SHARD_1', 'SHARD_2'] as const) {
    const d1 = bindings[name]
    const tables = await d1.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'").all<{ name: string }>()
    for (const { name: table } of tables.results) places.push({ place: `${name}.${table}`, text: rowsAsText((await d1.prepare(`SELECT * FROM "${table}"`).all()).results) })
  }
  for (const name of buckets) {
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await bindings[name].list(cursor === undefined ? {} : { cursor })
      for (const { key, uploaded } of page.objects) if (uploaded.getTime() >= since) places.push({ place: `${name}/${key}`, text: asText(await (await bindings[name].get(key))?.arrayBuffer()) })
      more = page.truncated
      cursor = page.truncated ? page.cursor : undefined
    }
  }
  return places
}

/** The same of one object's own SQLite. */
export async function storedIn<T extends Rpc.DurableObjectBranded | undefined>(namespace: DurableObjectNamespace<T>, name: string): Promise<Stored> {
  const text = await runInDurableObject(namespace.get(namespace.idFromName(name)), (_object, { storage: { sql } }) => {
    const tables = sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'").toArray()
    return tables.map(({ name: table }) => rowsAsText(sql.exec(`SELECT * FROM "${table}"`).toArray())).join('\n')
  })
  return { place: `an object ${name}`, text }
}

/** Where a word lies, in any of the spellings in which it might have been written down. */
export function holding(places: readonly Stored[], words: readonly string[]): string[] {
  const sought = words.flatMap((word) => spellings(word).map((spelling) => ({ word, spelling })))
  return places.flatMap(({ place, text }) => sought.filter(({ spelling }) => text.includes(spelling)).map(({ word }) => `${place} holds ${word}`))
}

/** As it is, in lower case, in hex, in a URL, and in base64 at each of the three places where it can begin. */
function spellings(word: string): string[] {
  const bytes = new TextEncoder().encode(word)
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = btoa(String.fromCharCode(...new Uint8Array(offset), ...bytes))
    return encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor(((bytes.length + offset) * 4) / 3) - 1) // what no neighbour changes
  })
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [...new Set([word, word.toLowerCase(), hex, hex.toUpperCase(), encodeURIComponent(word), ...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))])]
}

const rowsAsText = (rows: readonly Record<string, unknown>[]): string => rows.map((row) => Object.values(row).map(valueAsText).join('\t')).join('\n')

function valueAsText(value: unknown): string {
  if (value instanceof ArrayBuffer) return asText(value)
  return Array.isArray(value) ? asText(Uint8Array.from(value as number[]).buffer) : String(value) // `as`: how D1 hands over a blob
}

function asText(bytes: ArrayBuffer | undefined): string {
  return bytes ? new TextDecoder('latin1').decode(bytes) : ''
}
