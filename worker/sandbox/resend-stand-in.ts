import { z } from 'zod'
import { sha256Hex } from '../core/vault/digest.ts'
import { captureMail } from './captured-mail.ts'
import type { Scene } from './scene.ts'
import { PLATFORM } from '../core/reach.ts'
import { newId } from '../core/id.ts'

const Address = z.string().min(3).max(320)
const Body = z.object({
  from: Address,
  to: z.union([Address, z.array(Address).min(1).max(50)]),
  subject: z.string().min(1).max(998),
  text: z.string().optional(),
  html: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  reply_to: z.union([Address, z.array(Address)]).optional(),
  tags: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
})

/**
 * `POST /emails` as Resend documents it (resend.com/docs/api-reference/emails/send-email, …/dashboard/emails/idempotency-keys):
 * bearer key, JSON, `{ id }` on success, errors as `{ statusCode, name, message }`, an Idempotency-Key of at most 256
 * characters that answers with the first id for 24 hours and refuses another payload. Two sentinels fail on purpose: an
 * address that begins `refused` gets a 422, one that begins `unavailable` a 503.
 */
export async function standInForResend(scene: Scene, request: Request): Promise<Response> {
  if (!/^Bearer re_\S+$/.test(request.headers.get('Authorization') ?? '')) return refuse(401, 'missing_api_key', 'Missing API key in the authorization header.')
  const text = await request.text()
  const parsed = Body.safeParse(jsonOf(text))
  if (!parsed.success) return refuse(422, 'validation_error', 'The request body is not valid.')
  const { from, to, subject, headers = {}, reply_to: replyTo } = parsed.data
  const recipients = [to].flat()
  if (recipients.some((each) => each.startsWith('refused'))) return refuse(422, 'validation_error', 'Invalid `to` field.')
  if (recipients.some((each) => each.startsWith('unavailable'))) return refuse(503, 'service_unavailable', 'Try again later.')

  const idempotencyKey = request.headers.get('Idempotency-Key')
  if (idempotencyKey !== null && (idempotencyKey.length < 1 || idempotencyKey.length > 256)) return refuse(400, 'invalid_idempotency_key', 'The key must be between 1-256 chars.')
  const payloadHash = await sha256Hex(text)
  const known = idempotencyKey === null ? null : await scene.store.mailByKey(idempotencyKey)
  if (known) return known.payloadHash === payloadHash ? Response.json({ id: known.id }) : refuse(409, 'invalid_idempotent_request', 'Same idempotency key used with a different request payload.')

  const id = newId('mai', scene.now)
  const mail = {
    from,
    to: recipients,
    subject,
    text: parsed.data.text ?? '',
    html: parsed.data.html ?? '',
    headers: { ...(replyTo ? { 'Reply-To': [replyTo].flat().join(', ') } : {}), ...headers },
  }
  await captureMail(scene.store, scene.reach.vault(PLATFORM, 1, scene.now), { id, at: scene.now, idempotencyKey, payloadHash, mail })
  return Response.json({ id })
}

const refuse = (statusCode: number, name: string, message: string): Response => Response.json({ statusCode, name, message }, { status: statusCode })

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
