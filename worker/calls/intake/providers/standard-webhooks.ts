import { Buffer } from 'node:buffer'
import { fromBase64, utf8 } from '../../../core/vault/bytes.ts'
import { jsonObject } from '../json-body.ts'
import { provenBy } from '../proven-by.ts'
import type { HookRequest, Provider, Verdict } from '../provider.ts'
import { epochSeconds, offTime } from '../signed-time.ts'
import { parsePlainCall } from './plain-call.ts'

/** Any dialler that follows Standard Webhooks 1.0 (standardwebhooks.com), with a shared secret: versions other than `v1` are passed over. */
export const standardWebhooks: Provider = { name: 'standard', verify, parse: parsePlainCall('standard') }

/** A sender that rolls its secret signs with two; nobody signs with more than these. */
const SIGNATURES = 5

async function verify({ headers, body }: HookRequest, secret: string, now: number): Promise<Verdict> {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers.get(name) ?? '')
  if (!id || !timestamp || !signatures) return { accepted: false, why: 'missing' }
  const signedAt = epochSeconds(timestamp)
  // A full stop in the id would let it trade places with the time.
  if (signedAt === null || !/^[\w-]{1,128}$/.test(id)) return { accepted: false, why: 'not_canonical' }
  const listed = signatures.split(' ')
  if (listed.length > SIGNATURES || listed.some((each) => !/^v\d+[a-z]?,[A-Za-z0-9+/=]+$/.test(each))) return { accepted: false, why: 'not_canonical' }
  const macs = listed.flatMap((each) => (each.startsWith('v1,') ? [fromBase64(each.slice(3))] : []))
  if (macs.some((mac) => !mac.ok)) return { accepted: false, why: 'not_canonical' }

  const key = fromBase64(secret.replace(/^whsec_/, ''))
  if (!key.ok) return { accepted: false, why: 'wrong_signature' }
  const signed = Buffer.concat([utf8(`${id}.${timestamp}.`), body])
  const proven = await Promise.all(macs.map(async (mac) => mac.ok && provenBy(key.value, signed, mac.value)))
  if (!proven.includes(true)) return { accepted: false, why: 'wrong_signature' }
  const why = offTime(signedAt, now)
  if (why) return { accepted: false, why }
  const said = jsonObject(body)
  return said ? { accepted: true, body: said, eventId: id, signedAt } : { accepted: false, why: 'malformed' }
}
