/** What RateLimiter and the Worker say to each other. */

/** One thing to count. `key` is a keyed hash, never the address itself; `about` tells apart what one key was counted about. */
export type Count = { rule: string; key: string; quota: number; windowMs: number; now: number; about: string | null }

/** `different` is how many different `about`s the window has seen, `novel` whether this one was new to it. */
export type Counted = { allowed: boolean; remaining: number; resetS: number; different: number; novel: boolean }
