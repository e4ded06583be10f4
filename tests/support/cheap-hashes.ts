import { HashQueue } from '../../worker/core/identity/hash-queue.ts'

/** Cheap hashes for tests of everything but the hash itself: at production's cost one sign-in takes a quarter of a second. */
export const CHEAP = { ln: 4, r: 8, p: 1, bcrypt: 4 }

export const cheapHashes = (): HashQueue => new HashQueue(CHEAP)
