import { createHash } from 'node:crypto'
import { Fault } from '../failure.ts'
import { MAX_BYTES } from './contract.ts'
import { HEAD_BYTES } from './sniff.ts'

/** The beginning of an upload, and all of it. `whole`: the beginning is everything. */
export type Peeked = { readonly head: Uint8Array; readonly whole: boolean; readonly all: ReadableStream<Uint8Array> }

/** Look at the beginning of a stream without losing it. */
export async function peek(stream: ReadableStream<Uint8Array>): Promise<Peeked> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  let ended = false
  while (length < HEAD_BYTES && !ended) {
    const step = await reader.read()
    if (step.done) ended = true
    else {
      chunks.push(step.value)
      length += step.value.length
    }
  }
  const head = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    head.set(chunk, at)
    at += chunk.length
  }
  const all = new ReadableStream<Uint8Array>({
    start(controller) {
      if (head.length > 0) controller.enqueue(head)
      if (ended) controller.close()
    },
    async pull(controller) {
      const step = await reader.read()
      if (step.done) controller.close()
      else controller.enqueue(step.value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  return { head: head.subarray(0, HEAD_BYTES), whole: ended && length <= HEAD_BYTES, all }
}

/**
 * Counts what arrives and stops at the limit: Content-Length is only what the client says. Stands before everything else
 * that touches an upload.
 */
export const counted = (stream: ReadableStream<Uint8Array>, limit: number = MAX_BYTES): ReadableStream<Uint8Array> => {
  let length = 0
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        length += chunk.length
        if (length > limit) throw new Fault({ code: 'too_large', limitBytes: limit })
        controller.enqueue(chunk)
      },
    }),
  )
}

/** Passes a stream on and knows its length and SHA-256 (hex) once it has ended. */
export function measured(): { through: TransformStream<Uint8Array, Uint8Array>; size: () => number; sha256: () => string } {
  const hash = createHash('sha256')
  let length = 0
  const through = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      length += chunk.length
      hash.update(chunk)
      controller.enqueue(chunk)
    },
  })
  return { through, size: () => length, sha256: () => hash.digest('hex') }
}
