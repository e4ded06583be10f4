import { Column, noopDecoder, Param, Placeholder, SQL, StringChunk, Table, type SQLChunk } from 'drizzle-orm'
import { itemThat, preparedOf, preparedText, type Prepared, type Rows } from './plain-statement.ts'
import type { Item } from './statement.ts'

/** How many texts are held at once; what comes after is built anew each time. */
const AT_MOST = 1000

type Kept = { readonly sql: string; readonly shape: ((rows: Rows) => unknown) | null }
type Name = Table | Column

/**
 * The SQL of one database's statements, kept by their shape: everything of a statement but its values. Building it takes
 * longer than asking the database. Made once an isolate; it holds words of ours and no value of anybody's. A text is kept only
 * when the builder took the very values that its shape names, in the same order; a statement with a part that `Shape` does not
 * know is built each time.
 */
export class KeptSql {
  readonly #texts = new Map<string, Kept | null>()
  readonly #names = new Map<Name, string>()

  /** Begin to say what a statement looks like. */
  shape(verb: string): Shape {
    return new Shape(verb, (name) => this.#nameOf(name))
  }

  /** The statement of that shape, from the kept text where there is one. The database is not touched before the batch is. */
  item(d1: D1Database, shape: Shape, build: () => Item): Item {
    const { key, values } = shape
    return key === null ? build() : itemThat(() => this.#prepared(d1, key, values, build))
  }

  #prepared(d1: D1Database, key: string, values: readonly Value[], build: () => Item): Prepared {
    const known = this.#texts.get(key)
    if (known) return preparedText(d1, known.sql, values, known.shape)
    const built = preparedOf(build())
    if (known === undefined && this.#texts.size < AT_MOST) this.#texts.set(key, keptOf(built, values))
    return built
  }

  /** Tables and columns are constants of the schema: the object itself tells one from another. */
  #nameOf(name: Name): string {
    const held = this.#names.get(name)
    if (held !== undefined) return held
    const made = String(this.#names.size)
    this.#names.set(name, made)
    return made
  }
}

/** What a statement looks like, as text, and its values in the order in which drizzle takes them. */
export class Shape {
  readonly values: Value[] = []
  readonly #nameOf: (name: Name) => string
  #text: string
  #isKnown = true

  constructor(verb: string, nameOf: (name: Name) => string) {
    this.#text = verb
    this.#nameOf = nameOf
  }

  /** Null where a part of it is of a kind not known here. */
  get key(): string | null {
    return this.#isKnown ? this.#text : null
  }

  /** A part in its place; one that is not there has a place too. */
  part(chunk: SQLChunk | undefined): this {
    this.#text += '\u0001'
    this.#chunk(chunk)
    return this
  }

  /** Named parts, of a selection; a part that reads its own way what the database answers is not known here. */
  named(parts: Readonly<Record<string, Column | SQL | SQL.Aliased>>): this {
    for (const [name, part] of Object.entries(parts)) {
      if (part instanceof SQL && decoderOf(part) !== noopDecoder) this.#isKnown = false
      this.#text += `\u0002${name}`
      this.part(part)
    }
    return this
  }

  /** Values for the columns of a table, in its own order. */
  row(columns: Readonly<Record<string, Column>>, given: Readonly<Record<string, unknown>>): this {
    for (const [name, column] of Object.entries(columns)) {
      const value = given[name]
      if (value === undefined) this.#isKnown &&= column.default === undefined && column.defaultFn === undefined && column.onUpdateFn === undefined
      this.part(value === undefined || value instanceof SQL ? value : new Param(value, column))
    }
    return this
  }

  #chunk(chunk: SQLChunk | undefined): void {
    if (chunk === undefined) this.#text += 'u'
    else if (chunk instanceof StringChunk) this.#text += `\u0003${chunk.value.join('')}`
    else if (chunk instanceof SQL) this.#sql(chunk)
    else if (chunk instanceof Column || chunk instanceof Table) this.#text += `\u0004${this.#nameOf(chunk)}`
    else if (chunk instanceof Param) this.#value(chunk.value === null ? null : chunk.encoder.mapToDriverValue(chunk.value))
    else if (Array.isArray(chunk)) this.#list(chunk)
    else this.#value(chunk)
  }

  #sql(chunk: SQL): void {
    if ((chunk as unknown as { shouldInlineParams: boolean }).shouldInlineParams) this.#isKnown = false // `as`: drizzle keeps it to itself
    this.#list(chunk.queryChunks)
  }

  #list(chunks: readonly SQLChunk[]): void {
    this.#text += '\u0005'
    for (const chunk of chunks) this.#chunk(chunk)
    this.#text += '\u0006'
  }

  #value(value: unknown): void {
    if (isValue(value)) this.values.push(value)
    else this.#isKnown = false
    this.#text += '?'
  }
}

type Value = string | number | null

const isValue = (value: unknown): value is Value => typeof value === 'string' || typeof value === 'number' || value === null

/** What drizzle built, to be kept; null unless it took just these values. */
function keptOf(built: Prepared, values: readonly Value[]): Kept | null {
  const { fields } = built
  const { sql, params } = built.getQuery()
  if (params.length !== values.length || params.some((param, at) => param instanceof Placeholder || !Object.is(param, values[at]))) return null
  if (!fields) return { sql, shape: null }
  const readings = fields.map(({ path, field }) => ({ name: path.length === 1 ? path[0] : undefined, read: readingOf(field) }))
  return readings.every(({ name }) => name !== undefined) ? { sql, shape: (rows) => rows.map((row) => shaped(readings as Reading[], row)) } : null // `as`: each has its name
}

type Reading = { readonly name: string; readonly read: ((value: unknown) => unknown) | null }

/** How a field reads what the database answered; null for one that takes it as it is. */
function readingOf(field: unknown): Reading['read'] {
  const decoder = field instanceof SQL ? decoderOf(field) : (field as Column) // `as`: a selection is of these two, or its shape is not known
  if (decoder === noopDecoder || decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue) return null
  return (value) => decoder.mapFromDriverValue(value)
}

/** `as`: drizzle keeps it to itself. */
const decoderOf = (field: SQL): Pick<Column, 'mapFromDriverValue'> => (field as unknown as { decoder: Pick<Column, 'mapFromDriverValue'> }).decoder

/** A row as drizzle shapes it: the values in the order of the selection, under its names. */
function shaped(readings: readonly Reading[], row: Rows[number]): Record<string, unknown> {
  const values = Object.values(row)
  const out: Record<string, unknown> = {}
  for (let at = 0; at < readings.length; at += 1) {
    const { name, read } = readings[at] as Reading // `as`: within its length
    const value = values[at]
    out[name] = read === null || value === null ? value : read(value)
  }
  return out
}
