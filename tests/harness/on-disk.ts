import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** What must not lie anywhere: a word as somebody typed it, or bytes that the product made. */
export type Secret = string | Uint8Array

/** A secret in every spelling in which it might lie on a disk: as it is, in UTF-16, in base64 at each offset, in hex, in a URL. */
export function spellings(secret: Secret): Buffer[] {
  const bytes = Buffer.from(secret as string) // `as`: Buffer.from takes both, under two signatures
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    return encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor(((bytes.length + offset) * 4) / 3) - 1) // what no neighbour changes
  })
  const words = typeof secret === 'string' ? [secret, secret.toLowerCase(), secret.toUpperCase(), encodeURIComponent(secret)] : []
  const texts = [...words, bytes.toString('hex'), ...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))]
  const spelled = [...new Set(texts)].flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])
  return typeof secret === 'string' ? spelled : [bytes, ...spelled]
}

/** Looks for all of these at once: one pass over the bytes, however many there are. Answers which of them were found. */
export function seeker(secrets: Readonly<Record<string, readonly Secret[]>>): (bytes: Uint8Array) => string[] {
  const sought = Object.entries(secrets).flatMap(([name, values]) => values.flatMap((value) => spellings(value).map((spelling) => ({ name, spelling }))))
  const byStart = Map.groupBy(sought, ({ spelling }) => startOf(spelling, 0))
  const starts = new Uint8Array(1 << 24)
  for (const start of byStart.keys()) starts[start] = 1
  return (bytes) => {
    const found = new Set<string>()
    for (let at = 0; at + 2 < bytes.length; at += 1) {
      const start = startOf(bytes, at)
      if (starts[start] !== 1) continue
      for (const { name, spelling } of byStart.get(start) ?? []) {
        if (!found.has(name) && spelling.compare(bytes, at, Math.min(at + spelling.length, bytes.length)) === 0) found.add(name)
      }
    }
    return [...found]
  }
}

const startOf = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)

/** Files below a folder in which something is found, with what it is. */
export function filesHolding(folder: string, find: (bytes: Uint8Array) => string[], except: (file: string) => boolean): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !except(path.relative(folder, file)))
    .flatMap((file) => find(readOrNothing(file)).map((name) => `${path.relative(folder, file)} holds ${name}`))
}

/** SQLite takes its side files away when it likes. */
function readOrNothing(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}

/** How many files of a state folder there are by kind, so that a search of nothing is noticed. */
export function filesByKind(folder: string): Record<string, number> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name)
  return { sqlite: names.filter((name) => name.endsWith('.sqlite')).length, wal: names.filter((name) => name.endsWith('-wal')).length, others: names.filter((name) => !/\.sqlite(-wal|-shm)?$/.test(name)).length }
}
