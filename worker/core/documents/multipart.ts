import { Buffer } from 'node:buffer'
import { Fault } from '../failure.ts'

/** One part of a form as it arrives. Its body can be read once, and before the next part. */
export type Part = {
  readonly name: string
  /** Null for a plain field. */
  readonly fileName: string | null
  readonly type: string | null
  readonly body: () => AsyncGenerator<Uint8Array, void>
}

const HEADER_BYTES = 8 * 1024
const FIELD_BYTES = 4 * 1024
const MAX_PARTS = 20

const malformed = (): Fault => new Fault({ code: 'malformed', detail: 'The form could not be read. Reload the page and choose the file again.' })

/**
 * A multipart/form-data body (RFC 7578, RFC 2046 §5.1) as a stream: `formData()` would hold the whole file in memory twice.
 * Holds one chunk and one delimiter's length. Throws a Fault `malformed` for anything that is not such a body.
 */
export class MultipartReader {
  readonly #source: ReadableStreamDefaultReader<Uint8Array>
  readonly #delimiter: Buffer
  /** A delimiter begins with the line end before it; the body is read as if one stood before its first byte. */
  #held: Buffer = Buffer.from('\r\n')
  #ended = false
  #parts = 0
  #open: AsyncGenerator<Uint8Array, void> | null = null

  constructor(body: ReadableStream<Uint8Array>, boundary: string) {
    this.#source = body.getReader()
    this.#delimiter = Buffer.from(`\r\n--${boundary}`)
  }

  /** The next part, or null after the last. What was left of the part before is passed over. */
  async next(): Promise<Part | null> {
    // Before the first delimiter stands a preamble that means nothing; after that, the rest of the part before.
    for await (const _ of this.#open ?? this.#untilDelimiter()) continue
    this.#open = null
    if (await this.#closes()) return null
    if ((this.#parts += 1) > MAX_PARTS) throw malformed()
    const head = headOf(await this.#upTo('\r\n\r\n', HEADER_BYTES))
    const body = this.#untilDelimiter()
    this.#open = body
    return { ...head, body: () => body }
  }

  async *#untilDelimiter(): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const at = this.#held.indexOf(this.#delimiter)
      const safe = at >= 0 ? at : this.#held.length - this.#delimiter.length + 1
      if (safe > 0) yield this.#take(safe)
      if (at >= 0) {
        this.#take(this.#delimiter.length)
        return
      }
      if (!(await this.#more())) throw malformed()
    }
  }

  /** What follows a delimiter: two hyphens at the end, a line end before a part. */
  async #closes(): Promise<boolean> {
    const rest = await this.#upTo('\r\n', 80, true)
    if (rest.startsWith('--')) return true
    if (rest.trim() !== '') throw malformed()
    return false
  }

  async #upTo(mark: string, limit: number, orEnd = false): Promise<string> {
    for (;;) {
      const at = this.#held.indexOf(mark)
      if (at > limit || (at < 0 && this.#held.length > limit + mark.length && !orEnd)) throw malformed()
      if (at >= 0) return this.#take(at + mark.length).subarray(0, at).toString('utf8')
      if (orEnd && this.#held.length >= 2 && this.#held.subarray(0, 2).toString() === '--') return '--'
      if (this.#held.length > limit + mark.length || !(await this.#more())) throw malformed()
    }
  }

  #take(length: number): Buffer {
    const taken = this.#held.subarray(0, length)
    this.#held = this.#held.subarray(length)
    return taken
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false
    const step = await this.#source.read()
    if (step.done) this.#ended = true
    else this.#held = Buffer.concat([this.#held, step.value])
    return !step.done
  }
}

/** The boundary of a Content-Type, or null where it is not such a form's (RFC 2046 §5.1.1: at most 70 characters). */
export function boundaryOf(contentType: string | null): string | null {
  const [, quoted, bare] = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;,"]{1,70}))\s*(?:;|$)/i.exec(contentType ?? '') ?? []
  return quoted ?? bare ?? null
}

/** A field's text. Throws for one that is longer than a field may be. */
export async function fieldText(part: Part): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of part.body()) {
    length += chunk.length
    if (length > FIELD_BYTES) throw malformed()
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw malformed()
  }
}

function headOf(head: string): Pick<Part, 'name' | 'fileName' | 'type'> {
  const lines = new Map(head.split('\r\n').map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
  const disposition = lines.get('content-disposition') ?? ''
  const name = parameter(disposition, 'name')
  if (!/^form-data\b/i.test(disposition) || name === null) throw malformed()
  return { name, fileName: parameter(disposition, 'filename'), type: lines.get('content-type') ?? null }
}

/** A parameter as browsers write it: quotes and line ends inside are percent-encoded (WHATWG HTML, multipart/form-data encoding). */
function parameter(disposition: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1]
  return found === undefined ? null : found.replaceAll('%22', '"').replaceAll(/%0d/gi, '\r').replaceAll(/%0a/gi, '\n')
}
