import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** `npm run harness -- --full`: the figures of a full run instead of those of every test run. */
    full: boolean
    /** What every random choice of a measurement is made from. */
    seed: number
  }
}

/** Whether this is a full run. */
export const isFull: boolean = inject('full')

/** Printed with every result, so that anyone can run it again. */
export const seed: number = inject('seed')

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function randomFrom(from: number): () => number {
  const state = { at: from >>> 0 }
  return () => {
    state.at = (state.at + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state.at ^ (state.at >>> 15), 1 | state.at)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
