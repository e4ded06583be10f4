import type { Reach } from '../reach.ts'
import type { EventBody } from './event.ts'

/**
 * What must happen elsewhere because an event happened: in another store, or for another module. Idempotent by `body.id`,
 * for it is repeated until it returns. Sealing never waits for it.
 */
export type Follower = (reach: Reach, tenantId: string, body: EventBody, now: number) => Promise<void>

/** By event name. Passed in by the wiring: the core knows no module. */
export type Followers = ReadonlyMap<string, readonly Follower[]>
