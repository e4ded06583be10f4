import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'

import { appendLeaf, consistencyProof, EMPTY_FRONTIER, inclusionProof, leafHash, nodeHash, rootOf, verifyConsistency, verifyInclusion, type NodeAt, type Sha256 } from '../../durable-objects/chain-tree.ts'
import { evidence } from '../support/evidence.ts'
import { flipBit, hex, toHex } from './hex.ts'

// The eight-leaf reference tree of Certificate Transparency (RFC 6962): inputs, roots of every prefix, inner nodes and proofs
// as printed in google/certificate-transparency merkle_tree_test.cc and transparency-dev/merkle testonly/constants.go.
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const NODES = [
  [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7',
    '07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7',
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    '4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658',
    'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
    '46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1',
  ],
  [
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  ],
  ['d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'],
  ['5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
]
const INCLUSION = [
  { index: 0, size: 1, proof: [] },
  { index: 0, size: 8, proof: [NODES[0]?.[1], NODES[1]?.[1], NODES[2]?.[1]] },
  { index: 5, size: 8, proof: [NODES[0]?.[4], NODES[1]?.[3], NODES[2]?.[0]] },
  { index: 2, size: 3, proof: [NODES[1]?.[0]] },
  { index: 1, size: 5, proof: [NODES[0]?.[0], NODES[1]?.[1], NODES[0]?.[4]] },
]
const CONSISTENCY = [
  { first: 1, second: 1, proof: [] },
  { first: 1, second: 8, proof: [NODES[0]?.[1], NODES[1]?.[1], NODES[2]?.[1]] },
  { first: 6, second: 8, proof: [NODES[1]?.[2], NODES[1]?.[3], NODES[2]?.[0]] },
  { first: 2, second: 5, proof: [NODES[1]?.[1], NODES[0]?.[4]] },
  { first: 6, second: 7, proof: [NODES[1]?.[2], NODES[0]?.[6], NODES[2]?.[0]] },
]

const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest()
const utf8 = (text: string) => new TextEncoder().encode(text)
const nodeAt: NodeAt = (level, index) => hex(NODES[level]?.[index] ?? '')
const root = (size: number) => hex(ROOTS[size] ?? '')
const leaf = (index: number) => nodeAt(0, index)

test('leaf and node hashes carry their prefix', () => {
  expect(toHex(leafHash(utf8('L123456'), sha256))).toBe('395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56')
  expect(toHex(nodeHash(utf8('N123'), utf8('N456'), sha256))).toBe('aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb')
  expect(toHex(nodeHash(utf8('N456'), utf8('N123'), sha256))).toBe('013dee051c2516cf8ba3dfc4fae6bfb016587de88cd448f1e96df99ea575257a')
})

test('every prefix of the reference tree has its published root and closes the published nodes', () => {
  let frontier = EMPTY_FRONTIER
  expect(toHex(rootOf(frontier, sha256))).toBe(ROOTS[0])
  for (const [index, data] of LEAVES.entries()) {
    const appended = appendLeaf(frontier, leafHash(hex(data), sha256), sha256)
    for (const node of appended.nodes) expect(toHex(node.hash)).toBe(NODES[node.level]?.[node.index])
    frontier = appended.frontier
    expect(toHex(rootOf(frontier, sha256))).toBe(ROOTS[index + 1])
  }
})

test.each(INCLUSION)('the published inclusion proof of leaf $index in $size', ({ index, size, proof }) => {
  expect(inclusionProof(index, size, nodeAt, sha256).map(toHex)).toEqual(proof)
  expect(verifyInclusion({ index, size, leaf: leaf(index), root: root(size), proof: proof.map((each) => hex(each ?? '')) }, sha256)).toBe(true)
})

test.each(CONSISTENCY)('the published consistency proof from $first to $second', ({ first, second, proof }) => {
  expect(consistencyProof(first, second, nodeAt, sha256).map(toHex)).toEqual(proof)
  const claim = { first, firstRoot: root(first), second, secondRoot: root(second), proof: proof.map((each) => hex(each ?? '')) }
  expect(verifyConsistency(claim, sha256)).toBe(true)
})

// Negative ones, after the kinds of transparency-dev/merkle testdata: sizes off by one and by a factor, roots swapped,
// garbage before and after, nodes missing, repeated or changed by a bit.
type Inclusion = Parameters<typeof verifyInclusion>[0]
type Consistency = Parameters<typeof verifyConsistency>[0]

function wrongInclusions(good: Inclusion): Inclusion[] {
  const { index, size } = good
  return [
    ...[-1, index - 1, index + 1, index ^ 2, size, index + 0.5, Number.NaN].map((other) => ({ ...good, index: other })),
    ...[0, -1, size * 2, Math.floor(size / 2), size + 8, Number.NaN].map((other) => ({ ...good, size: other })),
    ...wrongProofs(good.proof, [good.leaf, good.root, new Uint8Array(0), new Uint8Array(31), sha256(new Uint8Array(0))]).map((other) => ({ ...good, proof: other })),
    { ...good, leaf: good.root, root: good.leaf },
    ...[sha256(good.leaf), flipBit(good.leaf, 7), new Uint8Array(0)].map((other) => ({ ...good, leaf: other })),
    ...[root(0), flipBit(good.root, 255), new Uint8Array(0)].map((other) => ({ ...good, root: other })),
  ].filter((claim) => !sameClaim(claim, good))
}

function wrongConsistencies(good: Consistency): Consistency[] {
  const { first, second } = good
  return [
    ...[0, -1, first - 1, first + 1, first ^ 2, second + 1, Number.NaN].map((other) => ({ ...good, first: other })),
    ...[first - 1, second * 2, Math.floor(second / 2), second + 8, Number.NaN].map((other) => ({ ...good, second: other })),
    ...wrongProofs(good.proof, [good.firstRoot, good.secondRoot, new Uint8Array(0), new Uint8Array(31), sha256(new Uint8Array(0))]).map((other) => ({ ...good, proof: other })),
    { ...good, firstRoot: good.secondRoot, secondRoot: good.firstRoot },
    ...[root(0), flipBit(good.firstRoot, 0), new Uint8Array(0)].map((other) => ({ ...good, firstRoot: other })),
    ...[root(0), flipBit(good.secondRoot, 0), new Uint8Array(0)].map((other) => ({ ...good, secondRoot: other })),
  ].filter((claim) => !sameClaim(claim, good))
}

const published = {
  inclusion: INCLUSION.map(({ index, size, proof }): Inclusion => ({ index, size, leaf: leaf(index), root: root(size), proof: proof.map((each) => hex(each ?? '')) })),
  consistency: CONSISTENCY.map(({ first, second, proof }): Consistency => ({ first, firstRoot: root(first), second, secondRoot: root(second), proof: proof.map((each) => hex(each ?? '')) })),
}

test.each(published.inclusion)('no mutation of the inclusion proof of leaf $index in $size passes', (good) => {
  const bad = wrongInclusions(good)
  for (const claim of bad) expect(verifyInclusion(claim, sha256)).toBe(false)
  expect(bad.length).toBeGreaterThan(15)
})

test.each(published.consistency)('no mutation of the consistency proof from $first to $second passes', (good) => {
  const bad = wrongConsistencies(good)
  for (const claim of bad) expect(verifyConsistency(claim, sha256)).toBe(false)
  expect(bad.length).toBeGreaterThan(15)
})

test('of the published proofs and the published tree everything right is accepted and everything altered is refused', () => {
  const pairs = Array.from({ length: 8 }, (_, at) => at + 1).flatMap((size) => Array.from({ length: size }, (_, index) => ({ index, size })))
  const inclusions = [...published.inclusion, ...pairs.map(({ index, size }): Inclusion => ({ index, size, leaf: leaf(index), root: root(size), proof: inclusionProof(index, size, nodeAt, sha256) }))]
  const consistencies = [...published.consistency, ...pairs.map(({ index, size }): Consistency => ({ first: index + 1, firstRoot: root(index + 1), second: size, secondRoot: root(size), proof: consistencyProof(index + 1, size, nodeAt, sha256) }))]
  const right = [...inclusions.map((claim) => verifyInclusion(claim, sha256)), ...consistencies.map((claim) => verifyConsistency(claim, sha256))]
  const wrong = [...inclusions.flatMap(wrongInclusions).map((claim) => verifyInclusion(claim, sha256)), ...consistencies.flatMap(wrongConsistencies).map((claim) => verifyConsistency(claim, sha256))]
  expect([right.every(Boolean), wrong.some(Boolean)]).toEqual([true, false])
  expect(right.length).toBeGreaterThanOrEqual(12)
  expect(wrong.length).toBeGreaterThanOrEqual(184)
  evidence('G6', 'Merkle proofs in workerd', { positive: right.length, accepted: right.length, negative: wrong.length, refused: wrong.length, 'published among the positive': published.inclusion.length + published.consistency.length })
})

test('a path of the larger tree does not pass for one of a smaller tree', () => {
  // Every step of leaf 7 lies to the left, as every step past the top of a smaller tree would.
  const proof = inclusionProof(7, 8, nodeAt, sha256)
  expect(verifyInclusion({ index: 7, size: 8, leaf: leaf(7), root: root(8), proof }, sha256)).toBe(true)
  for (const [index, size] of [[3, 4], [1, 2], [0, 1]] as const) expect(verifyInclusion({ index, size, leaf: leaf(7), root: root(8), proof }, sha256)).toBe(false)
})

test('nothing is proved from an empty tree, and equal trees need equal roots and no proof', () => {
  const empty = { first: 0, firstRoot: root(0), second: 1, secondRoot: root(1) }
  expect(verifyConsistency({ ...empty, proof: [] }, sha256)).toBe(false)
  expect(verifyConsistency({ ...empty, proof: [root(0)] }, sha256)).toBe(false)
  expect(verifyConsistency({ ...empty, secondRoot: root(0), proof: [root(0)] }, sha256)).toBe(false)
  expect(verifyConsistency({ ...empty, second: 0, secondRoot: root(0), proof: [] }, sha256)).toBe(true)
  expect(verifyConsistency({ ...empty, second: 0, secondRoot: root(1), proof: [] }, sha256)).toBe(false)
  expect(verifyConsistency({ ...empty, second: 0, secondRoot: root(0), proof: [root(0)] }, sha256)).toBe(false)
})

function wrongProofs(proof: readonly Uint8Array[], garbage: Uint8Array[]): Uint8Array[][] {
  return [
    ...garbage.flatMap((extra) => [[extra, ...proof], [...proof, extra]]),
    ...proof.flatMap((node, at) => [
      proof.toSpliced(at, 1),
      proof.toSpliced(at, 0, node),
      proof.with(at, flipBit(node, 4)),
      proof.with(at, flipBit(node, 251)),
      proof.with(at, node.subarray(0, 31)),
    ]),
    proof.slice(1),
    proof.toReversed(),
    [],
  ]
}

function sameClaim(a: object, b: object): boolean {
  const plain = (claim: object) => JSON.stringify(claim, (_, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value))
  return plain(a) === plain(b)
}
