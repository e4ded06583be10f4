import { fromBase64 } from '../vault/bytes.ts'

const NONCE = 12
/** nonce(12) + tag(16): nothing shorter is ours. */
const SHORTEST = 28

/**
 * How many of the sampled cells are what a sealed value is: canonical base64 of bytes that are no text in disguise, under a
 * nonce that no other value of the sample has. By chance 28 random bytes read as UTF-8 once in some 100 million; ours are
 * longer. Pure.
 */
export function sealedCells(cells: readonly string[]): number {
  const values = [...new Set(cells)]
  const nonces = Map.groupBy(values.map(bytesOf).filter((bytes) => bytes !== null), (bytes) => bytes.slice(0, NONCE).join())
  const good = new Set(values.filter((cell) => {
    const bytes = bytesOf(cell)
    return bytes !== null && nonces.get(bytes.slice(0, NONCE).join())?.length === 1
  }))
  return cells.filter((cell) => good.has(cell)).length
}

function bytesOf(cell: string): Uint8Array | null {
  const bytes = fromBase64(cell)
  return bytes.ok && bytes.value.length >= SHORTEST && !isText(bytes.value) ? bytes.value : null
}

function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
