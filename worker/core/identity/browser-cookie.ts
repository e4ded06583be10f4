import { randomToken } from '../cookies.ts'
import type { Door } from '../door.ts'
import { equalSecrets } from '../vault/equal.ts'

/** How long a browser that signed in once keeps tries of its own: the guards forget it sooner. */
const LIFETIME_S = 365 * 86_400

/** The id in this browser's device cookie, if we signed it; null for a browser that never signed in. */
export async function browserOf(door: Door): Promise<string | null> {
  const [id, mac, ...rest] = door.cookie('device')?.split('.') ?? []
  if (!id || !mac || rest.length > 0) return null
  return equalSecrets(mac, await door.reach.signer.mac('device', id)) ? id : null
}

/** The same, with a new id for a browser that has none. It is worth nothing until a sign-in from it succeeded. */
export async function browserFor(door: Door): Promise<string> {
  const held = await browserOf(door)
  if (held) return held
  const id = randomToken(16)
  door.setCookie('device', `${id}.${await door.reach.signer.mac('device', id)}`, LIFETIME_S)
  return id
}
