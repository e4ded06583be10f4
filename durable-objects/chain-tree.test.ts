import fc from 'fast-check'
import { expect, test } from 'vitest'

import { sha256 } from '../tests/support/export-scene.ts'
import { toHex } from '../tests/vectors/hex.ts'
import { appendLeaf, consistencyProof, EMPTY_FRONTIER, inclusionProof, nodeHash, rootOf, verifyConsistency, verifyInclusion, type Frontier, type NodeAt } from './chain-tree.ts'

const leafAt = (at: number) => sha256(new TextEncoder().encode(`leaf ${at}`))

/** RFC 6962's definition, word for word, to hold the incremental one against. */
function definedRoot(leaves: Uint8Array[]): Uint8Array {
  const [only] = leaves
  if (!only) return sha256(new Uint8Array(0))
  if (leaves.length === 1) return only
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)), sha256)
}

/** A tree with its kept nodes and the frontier after every leaf. */
function grown(size: number): { leaves: Uint8Array[]; frontiers: Frontier[]; nodeAt: NodeAt } {
  const nodes = new Map<string, Uint8Array>()
  const leaves = Array.from({ length: size }, (_, at) => leafAt(at))
  const frontiers: Frontier[] = [EMPTY_FRONTIER]
  for (const [at, leaf] of leaves.entries()) {
    const next = appendLeaf(frontiers[at] ?? EMPTY_FRONTIER, leaf, sha256)
    for (const node of next.nodes) nodes.set(`${node.level} ${node.index}`, node.hash)
    frontiers.push(next.frontier)
  }
  const nodeAt: NodeAt = (level, index) => {
    const hash = nodes.get(`${level} ${index}`)
    if (!hash) throw new RangeError(`no complete subtree ${level} ${index}`)
    return hash
  }
  return { leaves, frontiers, nodeAt }
}

const tree = grown(130)
const rootAt = (size: number) => rootOf(tree.frontiers[size] ?? EMPTY_FRONTIER, sha256)

test('growing leaf by leaf gives the root that RFC 6962 defines, at every size', () => {
  for (let size = 0; size <= 130; size += 1) expect(toHex(rootAt(size))).toBe(toHex(definedRoot(tree.leaves.slice(0, size))))
})

test('every leaf of every tree up to 40 is proved, and never at another index, size or root', () => {
  for (let size = 1; size <= 40; size += 1) {
    for (let index = 0; index < size; index += 1) {
      const proof = inclusionProof(index, size, tree.nodeAt, sha256)
      const claim = { index, size, leaf: leafAt(index), root: rootAt(size), proof }
      expect(verifyInclusion(claim, sha256)).toBe(true)
      expect(verifyInclusion({ ...claim, leaf: leafAt(index + 1) }, sha256)).toBe(false)
      expect(verifyInclusion({ ...claim, root: rootAt(size + 1) }, sha256)).toBe(false)
      for (let other = 0; other < size; other += 1) expect(verifyInclusion({ ...claim, index: other }, sha256)).toBe(other === index)
    }
  }
})

test('every pair of trees up to 40 is proved consistent, and never with another root', () => {
  for (let second = 1; second <= 40; second += 1) {
    for (let first = 1; first <= second; first += 1) {
      const proof = consistencyProof(first, second, tree.nodeAt, sha256)
      const claim = { first, firstRoot: rootAt(first), second, secondRoot: rootAt(second), proof }
      expect(verifyConsistency(claim, sha256)).toBe(true)
      expect(verifyConsistency({ ...claim, firstRoot: rootAt(first + 1) }, sha256)).toBe(false)
      expect(verifyConsistency({ ...claim, secondRoot: rootAt(second + 1) }, sha256)).toBe(false)
    }
  }
})

test('a history that was rewritten anywhere is not consistent with what was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat({ max: 60 }), fc.nat(), (first, more, pick) => {
      const second = first + more + 1
      const changed = pick % first
      const rewritten = tree.leaves.slice(0, second).with(changed, leafAt(9999))
      const nodes = new Map<string, Uint8Array>()
      let frontier = EMPTY_FRONTIER
      for (const leaf of rewritten) {
        const next = appendLeaf(frontier, leaf, sha256)
        for (const node of next.nodes) nodes.set(`${node.level} ${node.index}`, node.hash)
        frontier = next.frontier
      }
      const proof = consistencyProof(first, second, (level, index) => nodes.get(`${level} ${index}`) ?? new Uint8Array(0), sha256)
      expect(verifyConsistency({ first, firstRoot: rootAt(first), second, secondRoot: rootOf(frontier, sha256), proof }, sha256)).toBe(false)
    }),
  )
})

test('a proof changed in any way is refused', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 130 }), fc.nat(), fc.nat(), fc.constantFrom('drop', 'repeat', 'flip', 'shorten', 'grow'), (size, pick, where, how) => {
      const index = pick % size
      const proof = inclusionProof(index, size, tree.nodeAt, sha256)
      const at = where % proof.length
      const node = proof[at] ?? new Uint8Array(32)
      const flipped = new Uint8Array(node).with(where % 32, (node[where % 32] ?? 0) ^ 1)
      const changed = { drop: proof.toSpliced(at, 1), repeat: proof.toSpliced(at, 0, node), flip: proof.with(at, flipped), shorten: proof.with(at, node.subarray(1)), grow: [...proof, leafAt(1)] }[how]
      expect(verifyInclusion({ index, size, leaf: leafAt(index), root: rootAt(size), proof: changed }, sha256)).toBe(false)
    }),
    { numRuns: 500 },
  )
})

test('asking for a proof of what is not there throws', () => {
  for (const [index, size] of [[1, 1], [0, 0], [-1, 3], [0.5, 3]] as const) expect(() => inclusionProof(index, size, tree.nodeAt, sha256)).toThrow(RangeError)
  for (const [first, second] of [[2, 1], [-1, 1], [1, 1.5]] as const) expect(() => consistencyProof(first, second, tree.nodeAt, sha256)).toThrow(RangeError)
  expect(consistencyProof(0, 5, tree.nodeAt, sha256)).toEqual([])
})

test('sizes beyond 32 bits are counted right', () => {
  const size = 2 ** 40 + 1
  const peaks = [leafAt(0), leafAt(1)]
  const { frontier, nodes } = appendLeaf({ size, peaks }, leafAt(2), sha256)
  expect(frontier.size).toBe(size + 1)
  expect(nodes.map(({ level, index }) => [level, index])).toEqual([[0, 2 ** 40 + 1], [1, 2 ** 39]])
  expect(frontier.peaks.length).toBe(2)
})
