import type { SessionCookie } from '../cookies.ts'
import type { Door } from '../door.ts'
import { isFault } from '../failure.ts'
import { signOut } from './sign-out.ts'

/**
 * Hands a browser the session it just opened, and ends the one it came with (CAL-74): its cookie is overwritten here, so that
 * whoever holds a copy would be the only one left to use it.
 */
export async function takeSession(door: Door, session: SessionCookie): Promise<void> {
  const before = await door.maybeAccount().catch((thrown: unknown) => {
    if (isFault(thrown)) return null // over its limit of requests: what is refused to it is no reason to refuse the new one
    throw thrown
  })
  if (before && before.session.sid !== session.sid) await signOut(before)
  await door.giveSession(session)
}
