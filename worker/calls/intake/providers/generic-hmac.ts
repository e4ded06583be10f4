import { Buffer } from 'node:buffer'
import { utf8 } from '../../../core/vault/bytes.ts'
import { jsonObject } from '../json-body.ts'
import { messageId } from '../message-id.ts'
import { provenBy } from '../proven-by.ts'
import type { HookRequest, Provider, Verdict } from '../provider.ts'
import { epochSeconds, offTime } from '../signed-time.ts'
import { parsePlainCall } from './plain-call.ts'

/**
 * Any dialler that can sign its body: `X-Signature` is the lower-case hex HMAC-SHA256 of the body under the secret's UTF-8;
 * of `X-Timestamp`, a full stop and the body where that header is sent. The two cannot be taken for each other: a body is a
 * JSON object and begins with a brace, a signed time with a digit. Without a time, a replay is refused by the body's keyed hash.
 */
export const genericHmac: Provider = { name: 'generic', verify, parse: parsePlainCall('generic') }

async function verify({ headers, body }: HookRequest, secret: string, now: number): Promise<Verdict> {
  const [signature, timestamp] = [headers.get('X-Signature'), headers.get('X-Timestamp')]
  if (signature === null) return { accepted: false, why: 'missing' }
  const signedAt = timestamp === null ? null : epochSeconds(timestamp)
  if (!/^[0-9a-f]{64}$/.test(signature) || (timestamp !== null && signedAt === null)) return { accepted: false, why: 'not_canonical' }
  const signed = timestamp === null ? body : Buffer.concat([utf8(`${timestamp}.`), body])
  if (!(await provenBy(utf8(secret), signed, Buffer.from(signature, 'hex')))) return { accepted: false, why: 'wrong_signature' }
  const why = signedAt === null ? null : offTime(signedAt, now)
  if (why) return { accepted: false, why }
  const said = body[0] === 0x7b ? jsonObject(body) : null
  return said ? { accepted: true, body: said, eventId: await messageId(secret, body), signedAt } : { accepted: false, why: 'malformed' }
}
