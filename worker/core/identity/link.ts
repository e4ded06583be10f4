import type { Visit } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand, ipKey } from '../limits/limiter.ts'
import { readLinkToken, type LinkKind, type LinkToken } from './mail-token.ts'
import { limits } from './module.ts'

/** The token of a mailed link, counted per IP address. A text we did not write throws `malformed`: nothing was woken for it. */
export async function demandLink(visit: Visit, kind: LinkKind, text: string): Promise<LinkToken> {
  await demand(visit, limits.linkIp, ipKey(visit.origin.ip))
  const token = await readLinkToken(visit.reach, kind, text)
  if (!token) throw new Fault({ code: 'malformed', detail: 'This link is not complete. Open it from the mail again, or copy all of it.' })
  return token
}

/** Used, expired, replaced: to the person it is all the same. */
export const spent = (): Fault => new Fault({ code: 'gone', detail: 'This link was used already or is too old. Ask for a new one.' })
