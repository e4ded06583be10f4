import { createHash } from 'node:crypto'
import { rootOf, type Frontier, type NodeAt, type Sha256, type TreeNode } from './chain-tree.ts'

/** SHA-256 at once, never awaited: an await between reading and writing the head would let two drains fork the chain. */
export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest()

const HASH_BYTES = 32
const PER_TILE = 64

/** The nodes of the tree, 64 to a row. */
export class NodeStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** A complete subtree's root. Throws a RangeError for one that does not exist. */
  readonly at: NodeAt = (level, index) => {
    const hashes = this.#tile(level, Math.floor(index / PER_TILE))
    const start = (index % PER_TILE) * HASH_BYTES
    if (!hashes || hashes.length < start + HASH_BYTES) throw new RangeError('no such node')
    return hashes.subarray(start, start + HASH_BYTES)
  }

  /** The hashes of the leaves [start, end), in order. */
  leaves(start: number, end: number): Uint8Array[] {
    const found: Uint8Array[] = []
    for (let tile = Math.floor(start / PER_TILE); tile * PER_TILE < end; tile += 1) {
      const hashes = this.#tile(0, tile) ?? new Uint8Array(0)
      const first = Math.max(start - tile * PER_TILE, 0)
      const last = Math.min(end - tile * PER_TILE, hashes.length / HASH_BYTES)
      for (let at = first; at < last; at += 1) found.push(hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES))
    }
    return found
  }

  /** The frontier of the tree as it was with `size` leaves. */
  frontierAt(size: number): Frontier {
    const peaks: Uint8Array[] = []
    let start = 0
    for (let level = Math.floor(Math.log2(Math.max(size, 1))); level >= 0; level -= 1) {
      const length = 2 ** level
      if (size - start < length) continue
      peaks.push(this.at(level, start / length))
      start += length
    }
    return { size, peaks }
  }

  rootAt(size: number): Uint8Array {
    return rootOf(this.frontierAt(size), sha256)
  }

  /** Keep nodes, which come in order within each level. */
  append(nodes: readonly TreeNode[]): void {
    const tiles = new Map<string, { level: number; index: number; first: boolean; parts: Uint8Array[] }>()
    for (const { level, index, hash } of nodes) {
      const key = `${level}/${Math.floor(index / PER_TILE)}`
      const tile = tiles.get(key) ?? { level, index: Math.floor(index / PER_TILE), first: index % PER_TILE === 0, parts: [] }
      tile.parts.push(hash)
      tiles.set(key, tile)
    }
    for (const { level, index, first, parts } of tiles.values()) {
      if (first) {
        this.#sql.exec('INSERT INTO tiles (level, idx, hashes) VALUES (?, ?, ?)', level, index, joined(parts))
      } else {
        const held = this.#tile(level, index)
        if (!held) throw new RangeError('a tile is missing')
        this.#sql.exec('UPDATE tiles SET hashes = ? WHERE level = ? AND idx = ?', joined([held, ...parts]), level, index)
      }
    }
  }

  #tile(level: number, index: number): Uint8Array | null {
    const [row] = this.#sql.exec<{ hashes: ArrayBuffer }>('SELECT hashes FROM tiles WHERE level = ? AND idx = ?', level, index)
    return row ? new Uint8Array(row.hashes) : null
  }
}

/** Hashes side by side in one buffer of their own. */
export function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out.buffer
}
