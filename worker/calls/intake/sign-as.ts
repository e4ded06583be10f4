import { toBase64Url, utf8 } from '../../core/vault/bytes.ts'
import { sha256Hex } from '../../core/vault/digest.ts'
import { importMacKey, macSign } from '../../core/vault/mac.ts'
import { signWebhook } from '../../core/vault/webhook-signature.ts'
import type { ProviderName } from './contract.ts'
import type { HookRequest } from './provider.ts'

/** A message as a dialler itself would send it: what a test of a connection sends, and what the sandbox rings with. */
export async function signAs(provider: ProviderName, secret: string, { id, now, said }: { id: string; now: number; said: Record<string, unknown> }): Promise<HookRequest> {
  const body = JSON.stringify(said)
  const timestamp = Math.floor(now / 1000)
  switch (provider) {
    case 'dialpad':
      return { headers: new Headers({ 'Content-Type': 'application/jwt' }), body: utf8(await token(secret, { ...said, iat: timestamp })) }
    case 'ringcentral':
      return json(JSON.stringify({ ...said, uuid: id }), { 'Verification-Token': secret })
    case 'vonage':
      return json(body, { Authorization: `Bearer ${await token(secret, { iat: timestamp, payload_hash: await sha256Hex(utf8(body)) })}` })
    case 'generic': {
      const mac = await macSign(await importMacKey(utf8(secret)), utf8(`${timestamp}.${body}`))
      return json(body, { 'X-Timestamp': String(timestamp), 'X-Signature': [...mac].map((byte) => byte.toString(16).padStart(2, '0')).join('') })
    }
    case 'standard':
      return json(body, await signWebhook(secret, { id, at: now, body }))
  }
}

const json = (body: string, headers: Record<string, string>): HookRequest => ({ headers: new Headers({ 'Content-Type': 'application/json', ...headers }), body: utf8(body) })

/** A compact JWT signed HS256. */
async function token(secret: string, claims: Record<string, unknown>): Promise<string> {
  const said = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => toBase64Url(utf8(JSON.stringify(part)))).join('.')
  return `${said}.${toBase64Url(await macSign(await importMacKey(utf8(secret)), utf8(said)))}`
}
