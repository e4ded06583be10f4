import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { formatCheckpoint, formatVerifierKey, openCheckpoint, originOf, parseCheckpoint, parseVerifierKey, signCheckpoint, type Checkpoint } from '../../durable-objects/chain-note.ts'
import { importSigner, verifyEd25519 } from '../../durable-objects/chain-signer.ts'
import type { Sha256 } from '../../durable-objects/chain-tree.ts'
import { hex } from './hex.ts'

// The key and the note of golang.org/x/mod/sumdb/note (note_test.go), the reference implementation of C2SP signed-note.
const VKEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const SEED = '810a1402d5146c8d84f2443330f54080ebf98ee17d9c74f6252fc5d5c7283173' // PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFAL…, without its type byte
const SIGNED = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const SIGNATURE = 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='

const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest()
const utf8 = (text: string) => new TextEncoder().encode(text)
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
const pkcs8 = (seed: string) => btoa(String.fromCharCode(...hex(`302e020100300506032b657004220420${seed}`)))
const checkpoint: Checkpoint = { origin: 'PeterNeumann/audit/tnt_1', size: 8, root: new Uint8Array(sha256(utf8('root'))), at: 1_795_000_000_000 }

test('the reference key has its name, id and public key, and its text is made again', () => {
  const key = parseVerifierKey(VKEY, sha256)
  expect(key?.name).toBe('PeterNeumann')
  expect(Array.from(key?.id ?? [])).toEqual([0xc7, 0x4f, 0x20, 0xa3])
  expect(formatVerifierKey('PeterNeumann', key?.publicKey ?? new Uint8Array(0), sha256)).toBe(VKEY)
})

test('every substring and every changed character of a key is refused', () => {
  for (let start = 0; start < VKEY.length; start += 1) {
    for (let end = start + 1; end <= VKEY.length; end += 1) {
      if (end - start < VKEY.length) expect(parseVerifierKey(VKEY.slice(start, end), sha256)).toBeNull()
    }
    const next = String.fromCharCode(VKEY.charCodeAt(start) + 1)
    expect(parseVerifierKey(VKEY.slice(0, start) + next + VKEY.slice(start + 1), sha256)).toBeNull()
  }
})

test.each([
  'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==', // wrong length, key id adjusted
  'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', // unknown algorithm, key id adjusted
  'PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
])('the key %s is refused', (text) => {
  expect(parseVerifierKey(text, sha256)).toBeNull()
})

test('the reference signature is made again and verified', async () => {
  const signer = await importSigner(pkcs8(SEED), 'PeterNeumann', sha256)
  const signature = bytesOf(SIGNATURE)
  expect(formatVerifierKey(signer.key.name, signer.key.publicKey, sha256)).toBe(VKEY)
  expect(Array.from(signature.subarray(0, 4))).toEqual(Array.from(signer.key.id))
  expect(Array.from(await signer.sign(utf8(SIGNED)))).toEqual(Array.from(signature.subarray(4)))
  expect(await verifyEd25519(signer.key.publicKey, signature.subarray(4), utf8(SIGNED))).toBe(true)
})

test('a checkpoint is written as C2SP tlog-checkpoint says, with one extension line', () => {
  const root = bytesOf('bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=')
  const text = 'example.org/audit/tnt_1\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\ntime 1795000000000\n'
  const written = { origin: originOf('example.org', 'tnt_1'), size: 1, root, at: 1_795_000_000_000 }
  expect(formatCheckpoint(written)).toBe(text)
  expect(parseCheckpoint(text)).toEqual(written)
})

test.each([
  ['no final newline', 'o\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\ntime 1'],
  ['a leading zero', 'o\n01\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\ntime 1\n'],
  ['a sign', 'o\n+1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\ntime 1\n'],
  ['a size beyond what a number holds', 'o\n9007199254740993\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\ntime 1\n'],
  ['spare bits in the root', 'o\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB1=\ntime 1\n'],
  ['a short root', 'o\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoA==\ntime 1\n'],
  ['an empty origin', '\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\ntime 1\n'],
  ['a further line', 'o\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\ntime 1\nmore\n'],
  ['no time', 'o\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n'],
  ['carriage returns', 'o\r\n1\r\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\r\ntime 1\r\n'],
])('a checkpoint with %s is refused', (_, text) => {
  expect(parseCheckpoint(text)).toBeNull()
})

test('a signed checkpoint opens with its key and with no other', async () => {
  const signer = await importSigner(pkcs8(SEED), 'PeterNeumann', sha256)
  const stranger = await importSigner(pkcs8('00'.repeat(31) + '01'), 'PeterNeumann', sha256)
  const note = await signCheckpoint(checkpoint, signer.key, signer.sign)
  expect(await openCheckpoint(note, signer.key, verifyEd25519)).toEqual({ ok: true, checkpoint })
  expect(await openCheckpoint(note, stranger.key, verifyEd25519)).toEqual({ ok: false, reason: 'other_key' })
  const forged = await signCheckpoint(checkpoint, signer.key, stranger.sign)
  expect(await openCheckpoint(forged, signer.key, verifyEd25519)).toEqual({ ok: false, reason: 'bad_signature' })
})

test('a key that is no point of the curve believes nothing, without an error', async () => {
  const signer = await importSigner(pkcs8(SEED), 'PeterNeumann', sha256)
  const note = await signCheckpoint(checkpoint, signer.key, signer.sign)
  const noPoint = { ...signer.key, publicKey: hex('02'.repeat(31) + 'ff') }
  expect(await openCheckpoint(note, noPoint, verifyEd25519)).toEqual({ ok: false, reason: 'bad_signature' })
  const throwing = () => Promise.reject(new TypeError('not a key'))
  expect(await openCheckpoint(note, signer.key, throwing)).toEqual({ ok: false, reason: 'bad_signature' })
})

test('a cosignature by someone else is passed over, a second one by the same key is not', async () => {
  const signer = await importSigner(pkcs8(SEED), 'PeterNeumann', sha256)
  const witness = await importSigner(pkcs8('02'.repeat(32)), 'witness.example', sha256)
  const note = await signCheckpoint(checkpoint, signer.key, signer.sign)
  const line = (text: string) => text.slice(text.lastIndexOf('\u2014'))
  const cosigned = note + line(await signCheckpoint(checkpoint, witness.key, witness.sign))
  expect((await openCheckpoint(cosigned, signer.key, verifyEd25519)).ok).toBe(true)
  expect(await openCheckpoint(note + line(note), signer.key, verifyEd25519)).toEqual({ ok: false, reason: 'malformed' })
})

test('every changed character of a signed checkpoint is refused', async () => {
  const signer = await importSigner(pkcs8(SEED), 'PeterNeumann', sha256)
  const note = await signCheckpoint(checkpoint, signer.key, signer.sign)
  for (let at = 0; at < note.length; at += 1) {
    for (const other of ['A', 'B', '0', '\n', ' ', '']) {
      if (other === note[at]) continue
      const changed = note.slice(0, at) + other + note.slice(at + 1)
      // A doubled newline before the signature can only move the boundary, never what was signed.
      expect((await openCheckpoint(changed, signer.key, verifyEd25519)).ok).toBe(false)
    }
  }
})

test('parsing is the inverse of formatting', () => {
  const origins = fc.stringMatching(/^[a-z0-9./:_-]{1,60}$/)
  const counts = fc.nat({ max: Number.MAX_SAFE_INTEGER })
  fc.assert(
    fc.property(origins, counts, fc.uint8Array({ minLength: 32, maxLength: 32 }), counts, (origin, size, root, at) => {
      expect(parseCheckpoint(formatCheckpoint({ origin, size, root, at }))).toEqual({ origin, size, root, at })
    }),
  )
})
