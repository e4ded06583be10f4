import process from 'node:process'

/** `npm run harness -- --full` sets this: the figures of a full run instead of those of every test run. */
export const isFull = process.env.HARNESS_FULL === '1'

/** Printed with every result, so that anyone can run it again. */
export const harnessSeed = Number(process.env.HARNESS_SEED ?? 1)

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  const state = { at: seed >>> 0 }
  return () => {
    state.at = (state.at + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state.at ^ (state.at >>> 15), 1 | state.at)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
