/**
 * The Merkle tree of RFC 6962 §2.1 (the same in RFC 9162 §2.1), with the hash function as a parameter, so that the chain
 * object, the scripts and the visitor's browser run the same lines. Sizes and indexes are plain integers up to 2^53.
 */

/** SHA-256 of bytes, at once: an awaited digest between reading and writing the head would let two drains fork the chain. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** The roots of the complete subtrees that cover `size` leaves, largest first: all that appending needs. */
export type Frontier = { readonly size: number; readonly peaks: readonly Uint8Array[] }

/** The root of a complete subtree: `index` counts subtrees of 2^level leaves from the left. */
export type TreeNode = { readonly level: number; readonly index: number; readonly hash: Uint8Array }

/** Where complete subtrees are looked up when a proof is made. Must throw for one that does not exist. */
export type NodeAt = (level: number, index: number) => Uint8Array

/** A tree without leaves. */
export const EMPTY_FRONTIER: Frontier = { size: 0, peaks: [] }

/** SHA-256(0x00 || entry). The prefix keeps a leaf from posing as a node (second preimage). */
export function leafHash(entry: Uint8Array, sha256: Sha256): Uint8Array {
  const input = new Uint8Array(1 + entry.length)
  input.set(entry, 1)
  return sha256(input)
}

/** SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  const input = new Uint8Array(1 + left.length + right.length)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + left.length)
  return sha256(input)
}

/** The frontier with one leaf more, and the complete subtrees that this leaf closed (itself first), for keeping. */
export function appendLeaf(frontier: Frontier, leaf: Uint8Array, sha256: Sha256): { frontier: Frontier; nodes: TreeNode[] } {
  const peaks = [...frontier.peaks]
  const nodes: TreeNode[] = [{ level: 0, index: frontier.size, hash: leaf }]
  let hash = leaf
  let index = frontier.size
  for (let level = 1; isOdd(index); level += 1) {
    const left = peaks.pop()
    if (!left) throw new RangeError('frontier and size disagree')
    hash = nodeHash(left, hash, sha256)
    index = half(index)
    nodes.push({ level, index, hash })
  }
  peaks.push(hash)
  return { frontier: { size: frontier.size + 1, peaks }, nodes }
}

/** The root of the whole tree. Without leaves: the hash of nothing. */
export function rootOf(frontier: Frontier, sha256: Sha256): Uint8Array {
  const root = frontier.peaks.reduceRight<Uint8Array | null>((right, peak) => (right ? nodeHash(peak, right, sha256) : peak), null)
  return root ?? sha256(new Uint8Array(0))
}

/** The audit path of leaf `index` in the tree of `size` leaves (RFC 6962 §2.1.1). */
export function inclusionProof(index: number, size: number, nodeAt: NodeAt, sha256: Sha256): Uint8Array[] {
  if (!isCount(index) || !isCount(size) || index >= size) throw new RangeError('no such leaf')
  const path = (start: number, end: number): Uint8Array[] => {
    if (end - start === 1) return []
    const middle = start + splitOf(end - start)
    return index < middle
      ? [...path(start, middle), rangeHash(middle, end, nodeAt, sha256)]
      : [...path(middle, end), rangeHash(start, middle, nodeAt, sha256)]
  }
  return path(0, size)
}

/** The proof that the tree of `second` leaves begins with the tree of `first` leaves (RFC 6962 §2.1.2). Empty for 0. */
export function consistencyProof(first: number, second: number, nodeAt: NodeAt, sha256: Sha256): Uint8Array[] {
  if (!isCount(first) || !isCount(second) || first > second) throw new RangeError('no such trees')
  if (first === 0) return []
  const path = (start: number, end: number, whole: boolean): Uint8Array[] => {
    if (first === end) return whole ? [] : [rangeHash(start, end, nodeAt, sha256)]
    const middle = start + splitOf(end - start)
    return first <= middle
      ? [...path(start, middle, whole), rangeHash(middle, end, nodeAt, sha256)]
      : [...path(middle, end, false), rangeHash(start, middle, nodeAt, sha256)]
  }
  return path(0, second, true)
}

/** Whether the path leads from this leaf hash, at this index, to this root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(
  claim: { index: number; size: number; leaf: Uint8Array; root: Uint8Array; proof: readonly Uint8Array[] },
  sha256: Sha256,
): boolean {
  if (!isCount(claim.index) || !isCount(claim.size) || claim.index >= claim.size) return false
  if (!areHashes([claim.leaf, claim.root, ...claim.proof])) return false
  let at = claim.index
  let last = claim.size - 1
  let hash = claim.leaf
  for (const step of claim.proof) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      hash = nodeHash(step, hash, sha256)
      while (!isOdd(at) && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else {
      hash = nodeHash(hash, step, sha256)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && sameBytes(hash, claim.root)
}

/**
 * Whether the larger tree begins with the smaller one (RFC 9162 §2.1.4.2). Between a tree of 0 leaves and a larger one
 * nothing can be proved, and the answer is false.
 */
export function verifyConsistency(
  claim: { first: number; firstRoot: Uint8Array; second: number; secondRoot: Uint8Array; proof: readonly Uint8Array[] },
  sha256: Sha256,
): boolean {
  const { first, firstRoot, second, secondRoot, proof } = claim
  if (!isCount(first) || !isCount(second) || first > second) return false
  if (first === second) return proof.length === 0 && sameBytes(firstRoot, secondRoot)
  if (first === 0 || !areHashes([firstRoot, secondRoot, ...proof])) return false
  // A first tree that is complete stands in the second as it is: its root is the start, and not part of the proof.
  const [start, ...steps] = splitOf(first * 2) === first ? [firstRoot, ...proof] : proof
  if (!start) return false
  let at = first - 1
  let last = second - 1
  while (isOdd(at)) {
    at = half(at)
    last = half(last)
  }
  let older = start
  let newer = start
  for (const step of steps) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      older = nodeHash(step, older, sha256)
      newer = nodeHash(step, newer, sha256)
      while (!isOdd(at) && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else {
      newer = nodeHash(newer, step, sha256)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && sameBytes(older, firstRoot) && sameBytes(newer, secondRoot)
}

/** Whether two byte strings are equal. For public values: it stops at the first difference. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** The hash of leaves [start, end), where `start` begins a subtree at least that long. */
function rangeHash(start: number, end: number, nodeAt: NodeAt, sha256: Sha256): Uint8Array {
  const length = end - start
  const split = splitOf(length)
  if (length === 1) return nodeAt(0, start)
  if (split * 2 === length) return nodeAt(Math.round(Math.log2(length)), start / length)
  return nodeHash(rangeHash(start, start + split, nodeAt, sha256), rangeHash(start + split, end, nodeAt, sha256), sha256)
}

/** The largest power of two smaller than `length` (RFC 6962's k). */
function splitOf(length: number): number {
  let split = 1
  while (split * 2 < length) split *= 2
  return split
}

// Not >> and &: those cut numbers to 32 bits.
const half = (value: number): number => Math.floor(value / 2)
const isOdd = (value: number): boolean => value % 2 === 1
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every((hash) => hash.length === 32)
