import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A word in every spelling in which it might lie on a disk: as text, in UTF-16, in base64 at each offset, in hex, in a URL. */
export function spellings(word: string): Buffer[] {
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from('\0'.repeat(offset) + word).toString('base64')
    return encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor(((word.length + offset) * 4) / 3) - 1) // what no neighbour changes
  })
  const texts = [word, word.toLowerCase(), word.toUpperCase(), encodeURIComponent(word), Buffer.from(word).toString('hex'), ...base64]
  return [...new Set(texts)].flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])
}

/** Files below a folder that hold any of these words in any spelling, with the word. */
export function filesHolding(folder: string, words: readonly string[], except: (file: string) => boolean = () => false): string[] {
  const sought = words.flatMap((word) => spellings(word).map((spelling) => ({ word, spelling })))
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !except(path.relative(folder, file)))
    .flatMap((file) => {
      const bytes = readOrNothing(file)
      return sought.filter(({ spelling }) => bytes.includes(spelling)).map(({ word }) => `${path.relative(folder, file)} holds ${word}`)
    })
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
