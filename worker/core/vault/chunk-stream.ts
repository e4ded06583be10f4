import { openBytes, OVERHEAD_BYTES, sealBytes } from './aead.ts'
import { lengthPrefixed, type Bytes } from './bytes.ts'
import { must, VaultFault } from './fault.ts'

/** Plaintext bytes per chunk. Every chunk but the last is exactly this long. */
export const CHUNK_BYTES = 64 * 1024

/** Which object: authenticated in every chunk, so no chunk fits into another document or tenant. */
export type ObjectPlace = { readonly tenant: string; readonly objectId: string }

/** Bytes of the stored object for `length` plaintext bytes: what R2 wants to know before a stream. */
export function sealedLength(length: number): number {
  const chunks = Math.max(1, Math.ceil(length / CHUNK_BYTES))
  return length + chunks * OVERHEAD_BYTES
}

/**
 * Plaintext in, sealed chunks out: each nonce || ciphertext || tag under a random nonce. Its AAD names the object, the
 * chunk's number and whether it is the last; the last one's also the total length. Holds one chunk in memory.
 * An empty document is one empty last chunk.
 */
export function encryptStream(key: CryptoKey, place: ObjectPlace): TransformStream<Uint8Array, Uint8Array> {
  let number = 0
  let total = 0
  const blocks = new Blocks(CHUNK_BYTES)
  return new TransformStream<Uint8Array, Uint8Array>({
    async transform(part, controller) {
      total += part.length
      for (const block of blocks.add(part)) controller.enqueue(await sealBytes(key, block, middleAad(place, number++)))
    },
    async flush(controller) {
      controller.enqueue(await sealBytes(key, blocks.rest(), lastAad(place, number, total)))
    },
  })
}

/**
 * Sealed chunks in, plaintext out. Errors the stream with a VaultFault on a changed, missing, repeated, reordered or added
 * chunk, and if the whole is not `length` bytes, the length its row names. Chunks are handed on as they authenticate:
 * a reader has the whole document only when the stream closes without error, and a response that errors is aborted.
 */
export function decryptStream(key: CryptoKey, place: ObjectPlace, length: number): TransformStream<Uint8Array, Uint8Array> {
  let number = 0
  let total = 0
  const at = { tenant: place.tenant, rowId: place.objectId }
  const blocks = new Blocks(CHUNK_BYTES + OVERHEAD_BYTES)
  return new TransformStream<Uint8Array, Uint8Array>({
    async transform(part, controller) {
      for (const block of blocks.add(part)) {
        const chunk = must(await openBytes(key, block, middleAad(place, number++)), at)
        total += chunk.length
        controller.enqueue(chunk)
      }
    },
    async flush(controller) {
      const block = blocks.rest()
      if (block.length < OVERHEAD_BYTES) throw new VaultFault('truncated', at)
      total += block.length - OVERHEAD_BYTES
      const chunk = must(await openBytes(key, block, lastAad(place, number, total)), at)
      if (total !== length) throw new VaultFault('wrong_length', at)
      if (chunk.length > 0) controller.enqueue(chunk)
    },
  })
}

/** Cuts a stream into blocks of one size and keeps back the last full one: only the end of the stream says that it was the last. */
class Blocks {
  readonly #held: Bytes
  #used = 0

  constructor(size: number) {
    this.#held = new Uint8Array(size)
  }

  *add(part: Uint8Array): Generator<Bytes> {
    let at = 0
    while (at < part.length) {
      if (this.#used === this.#held.length) {
        // The consumer awaits the cipher before asking again, and the cipher copies: the buffer is free afterwards.
        yield this.#held
        this.#used = 0
      }
      const taken = Math.min(part.length - at, this.#held.length - this.#used)
      this.#held.set(part.subarray(at, at + taken), this.#used)
      this.#used += taken
      at += taken
    }
  }

  rest(): Bytes {
    return this.#held.subarray(0, this.#used)
  }
}

const FORMAT = 'countersign.chunk.v1'

function middleAad(place: ObjectPlace, number: number): Bytes {
  return lengthPrefixed([FORMAT, place.tenant, place.objectId, String(number), 'more'])
}

function lastAad(place: ObjectPlace, number: number, total: number): Bytes {
  return lengthPrefixed([FORMAT, place.tenant, place.objectId, String(number), 'last', String(total)])
}
