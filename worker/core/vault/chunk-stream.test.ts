import fc from 'fast-check'
import { expect, test } from 'vitest'

import { reasonOf } from '../../../tests/support/vault-scene.ts'
import { flipBit } from '../../../tests/vectors/hex.ts'
import { OVERHEAD_BYTES, sealBytes } from './aead.ts'
import { lengthPrefixed } from './bytes.ts'
import { CHUNK_BYTES, decryptStream, encryptStream, sealedLength } from './chunk-stream.ts'
import { importDocumentKey } from './document-key.ts'

const place = { tenant: 'tnt_a', objectId: 'doc_1' }
const SEALED_CHUNK = CHUNK_BYTES + OVERHEAD_BYTES
const newKey = () => importDocumentKey(crypto.getRandomValues(new Uint8Array(32)))
const filled = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 16)) & 0xff)

/** Bytes in parts of the given sizes, over and over; a stream from a network never comes in our chunks. */
function streamOf(bytes: Uint8Array, sizes: readonly number[] = [bytes.length]): ReadableStream<Uint8Array> {
  let [at, turn] = [0, 0]
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      const size = Math.max(1, sizes[turn++ % sizes.length] ?? 1)
      controller.enqueue(bytes.slice(at, at + size))
      at += size
    },
  })
}

async function through(bytes: Uint8Array, transform: TransformStream<Uint8Array, Uint8Array>, sizes?: readonly number[]): Promise<Uint8Array> {
  return new Uint8Array(await new Response(streamOf(bytes, sizes).pipeThrough(transform)).arrayBuffer())
}

const encrypt = (key: CryptoKey, bytes: Uint8Array, sizes?: readonly number[]) => through(bytes, encryptStream(key, place), sizes)
const decrypt = (key: CryptoKey, bytes: Uint8Array, length: number, at = place, sizes?: readonly number[]) => through(bytes, decryptStream(key, at, length), sizes)

test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7])('a document of %i bytes comes back, and its stored length is foretold', async (length) => {
  const key = await newKey()
  const plain = filled(length)
  const stored = await encrypt(key, plain)
  expect(stored.length).toBe(sealedLength(length))
  expect(await decrypt(key, stored, length)).toEqual(plain)
})

test('it comes back however the streams are cut', async () => {
  const key = await newKey()
  const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: CHUNK_BYTES - 2, max: CHUNK_BYTES + 40 }), fc.integer({ min: 1, max: 300_000 })), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 4 * CHUNK_BYTES }), sizes, sizes, async (length, into, outOf) => {
      const plain = filled(length)
      const stored = await encrypt(key, plain, [...into, 50_000])
      expect(stored.length).toBe(sealedLength(length))
      const back = await decrypt(key, stored, length, place, [...outOf, 50_000])
      expect(back.length === length && back.every((byte, at) => byte === plain[at])).toBe(true)
    }),
    { numRuns: 20 },
  )
})

test('storing the same document twice leaves nothing in common', async () => {
  const key = await newKey()
  const [first, second] = [await encrypt(key, filled(CHUNK_BYTES * 2)), await encrypt(key, filled(CHUNK_BYTES * 2))]
  for (const at of [0, SEALED_CHUNK]) expect(first.subarray(at, at + 12)).not.toEqual(second.subarray(at, at + 12))
  expect(first.subarray(0, 12)).not.toEqual(first.subarray(SEALED_CHUNK, SEALED_CHUNK + 12))
})

test('cut short at any chunk, or anywhere near the end, it aborts', async () => {
  const key = await newKey()
  const length = 2 * CHUNK_BYTES + 100
  const stored = await encrypt(key, filled(length))
  const cuts = [0, 1, 27, 28, SEALED_CHUNK - 1, SEALED_CHUNK, SEALED_CHUNK + 1, SEALED_CHUNK + 28, 2 * SEALED_CHUNK, 2 * SEALED_CHUNK + 27, 2 * SEALED_CHUNK + 28, stored.length - 16, stored.length - 1]
  for (const cut of cuts) expect(['truncated', 'not_authentic']).toContain(await reasonOf(decrypt(key, stored.slice(0, cut), length)))
})

test('chunks moved, repeated, left out or added abort', async () => {
  const key = await newKey()
  const length = 3 * CHUNK_BYTES + 100
  const stored = await encrypt(key, filled(length))
  const [a, b, c, last] = [0, 1, 2, 3].map((at) => stored.slice(at * SEALED_CHUNK, (at + 1) * SEALED_CHUNK)) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array] // four in, four out
  const joined = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]))
  const wrong = [[b, a, c, last], [a, c, b, last], [a, a, b, c, last], [a, b, last], [b, c, last], [a, b, c, last, last], [a, b, c, last, new Uint8Array(1)], [a, b, c, last, new Uint8Array(28)], [a, b, c], [last]]
  for (const parts of wrong) expect(await reasonOf(decrypt(key, joined(...parts), length))).toBe('not_authentic')
  expect((await decrypt(key, joined(a, b, c, last), length)).length).toBe(length)
})

test('a bit flipped anywhere aborts', async () => {
  const key = await newKey()
  const length = CHUNK_BYTES + 9
  const stored = await encrypt(key, filled(length))
  const places = [0, 11, 12, 1000, SEALED_CHUNK - 16, SEALED_CHUNK - 1, SEALED_CHUNK, SEALED_CHUNK + 11, SEALED_CHUNK + 12, SEALED_CHUNK + 21, stored.length - 1]
  for (const at of places) expect(await reasonOf(decrypt(key, flipBit(stored, at * 8 + 3), length))).toBe('not_authentic')
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: stored.length * 8 - 1 }), async (bit) => {
      expect(await reasonOf(decrypt(key, flipBit(stored, bit), length))).toBe('not_authentic')
    }),
    { numRuns: 30 },
  )
})

test('another document, another tenant, another key and another length are refused', async () => {
  const key = await newKey()
  const stored = await encrypt(key, filled(100))
  expect(await reasonOf(decrypt(key, stored, 100, { ...place, objectId: 'doc_2' }))).toBe('not_authentic')
  expect(await reasonOf(decrypt(key, stored, 100, { ...place, tenant: 'tnt_b' }))).toBe('not_authentic')
  expect(await reasonOf(decrypt(await newKey(), stored, 100))).toBe('not_authentic')
  for (const length of [0, 99, 101]) expect(await reasonOf(decrypt(key, stored, length))).toBe('wrong_length')
})

test('a last chunk that claims another total is refused', async () => {
  const key = await newKey()
  const aad = (total: string) => lengthPrefixed(['countersign.chunk.v1', place.tenant, place.objectId, '0', 'last', total])
  const lying = await sealBytes(key, filled(10), aad('11'))
  for (const length of [10, 11]) expect(await reasonOf(decrypt(key, lying, length))).toBe('not_authentic')
  expect((await decrypt(key, await sealBytes(key, filled(10), aad('10')), 10)).length).toBe(10)
})

test('what was read before the abort is the true beginning, and no byte of the bad chunk is handed on', async () => {
  const key = await newKey()
  const plain = filled(3 * CHUNK_BYTES)
  const stored = flipBit(await encrypt(key, plain), (SEALED_CHUNK + 500) * 8)
  const reader = streamOf(stored, [70_000]).pipeThrough(decryptStream(key, place, plain.length)).getReader()
  let read = 0
  const whole = (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      expect(part.value).toEqual(plain.subarray(read, read + part.value.length))
      read += part.value.length
    }
  })()
  expect(await reasonOf(whole)).toBe('not_authentic')
  expect(read).toBeLessThanOrEqual(CHUNK_BYTES)
})

test('a hundred megabytes pass through without being held: never more in flight than a few chunks', async () => {
  const key = await newKey()
  const total = 100 * 1024 * 1024
  let [made, taken] = [0, 0]
  let widest = 0
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (made === total) return controller.close()
        const part = new Uint8Array(Math.min(256 * 1024, total - made))
        made += part.length
        widest = Math.max(widest, made - taken)
        controller.enqueue(part)
      },
    },
    { highWaterMark: 0 },
  )
  const out = source.pipeThrough(encryptStream(key, place)).pipeThrough(decryptStream(key, place, total))
  await out.pipeTo(
    new WritableStream({
      write(part) {
        taken += part.length
      },
    }),
  )
  expect(taken).toBe(total)
  expect(widest).toBeLessThan(4 * 1024 * 1024)
})
