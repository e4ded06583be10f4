import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { inflateSync } from 'node:zlib'

/** Where the Worker's bundle finds the letters that a PDF's standard fonts lack (`#typefaces` in package.json). */
export const typefacesFile = 'build/typefaces.json'

/** In the order in which a character is looked for: the first has the widths of Helvetica, the others what it lacks of Vietnamese. */
const files = {
  sans: ['node_modules/pdfjs-dist/standard_fonts/LiberationSans-Regular.ttf'],
  mono: ['latin', 'latin-ext', 'vietnamese'].map((part) => `node_modules/@fontsource/ibm-plex-mono/files/ibm-plex-mono-${part}-400-normal.woff`),
}

/** Write the file that the bundle reads: each typeface as the base64 of its TrueType files. */
export function writeTypefaces(): void {
  const read = (file: string) => (file.endsWith('.woff') ? unwrapped(readFileSync(file)) : readFileSync(file)).toString('base64')
  mkdirSync(path.dirname(typefacesFile), { recursive: true })
  const next = `${typefacesFile}.${process.pid}`
  writeFileSync(next, JSON.stringify({ sans: files.sans.map(read), mono: files.mono.map(read) }))
  renameSync(next, typefacesFile)
}

/** A WOFF 1.0 as the TrueType file it was made of: the same tables, each unpacked, in the order of its directory. */
export function unwrapped(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, nth) => {
    const at = 44 + 20 * nth
    const [begin, packed, length] = [woff.readUInt32BE(at + 4), woff.readUInt32BE(at + 8), woff.readUInt32BE(at + 12)]
    const bytes = woff.subarray(begin, begin + packed)
    return { tag: woff.subarray(at, at + 4), checksum: woff.subarray(at + 16, at + 20), bytes: packed < length ? inflateSync(bytes) : bytes }
  })
  const head = Buffer.alloc(12)
  const power = Math.floor(Math.log2(count))
  woff.copy(head, 0, 4, 8)
  for (const [nth, value] of [count, 16 << power, power, 16 * count - (16 << power)].entries()) head.writeUInt16BE(value, 4 + 2 * nth)
  let at = 12 + 16 * count
  const [directory, bodies]: [Buffer[], Buffer[]] = [[], []]
  for (const { tag, checksum, bytes } of tables) {
    const place = Buffer.alloc(8)
    place.writeUInt32BE(at, 0)
    place.writeUInt32BE(bytes.length, 4)
    directory.push(Buffer.concat([tag, checksum, place]))
    bodies.push(bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4))
    at += bytes.length + ((4 - (bytes.length % 4)) % 4)
  }
  return Buffer.concat([head, ...directory, ...bodies])
}
