import type { Reach } from '../reach.ts'
import { report } from '../failure.ts'
import type { EventBody } from './event.ts'

/**
 * What must happen elsewhere because an event happened: in another store, or for another module. Idempotent by `body.id`,
 * for it is repeated until it returns. Sealing never waits for it. `log` is the tenant, or `platform` for the directory's
 * and the guards' own events.
 */
export type Follower = (reach: Reach, log: string, body: EventBody, now: number) => Promise<void>

/** By event name. Passed in by the wiring: the core knows no module. */
export type Followers = ReadonlyMap<string, readonly Follower[]>

/** What each area lists, put together by event name, in the order in which the areas are listed. */
export function followersOf(listed: readonly (readonly [string, Follower])[]): Followers {
  const byName = new Map<string, Follower[]>()
  for (const [name, follower] of listed) byName.set(name, [...(byName.get(name) ?? []), follower])
  return byName
}

/** How the drains run followers. */
export const follow = {
  /** Whether anybody follows this event at all. */
  anyOf(followers: Followers, body: string): boolean {
    return followers.has(bodyOf(body).name)
  },
  /** Run every follower of the event. False when one did not get through; the event is then handed to all of them again. */
  async row(reach: Reach, followers: Followers, now: number, log: string, body: string): Promise<boolean> {
    const event = bodyOf(body)
    let through = true
    for (const follower of followers.get(event.name) ?? []) {
      try {
        await follower(reach, log, event, now)
      } catch (thrown) {
        through = false
        report('follower', thrown, { event: event.name })
      }
    }
    return through
  },
}

const bodyOf = (text: string): EventBody => JSON.parse(text) as EventBody // `as`: its MAC says that commit wrote it
