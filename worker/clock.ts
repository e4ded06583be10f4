import type { Env } from './core/env.ts'

/** The deployment's clock: the platform's. The sandbox's entry has one of its own that can be moved forward. */
export const platformClock = async (_env: Env): Promise<number> => Date.now()
