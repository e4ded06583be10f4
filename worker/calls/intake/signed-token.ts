import { Buffer } from 'node:buffer'
import { toBase64Url, utf8 } from '../../core/vault/bytes.ts'
import { jsonObject } from './json-body.ts'
import { provenBy } from './proven-by.ts'
import type { HookRefusal } from './provider.ts'

export type TokenReading =
  | { readonly ok: true; readonly claims: Readonly<Record<string, unknown>>; readonly payload: Uint8Array }
  | { readonly ok: false; readonly why: HookRefusal }

/**
 * A compact JWT (RFC 7519) signed HS256 with `secret`. The spelling is looked at first: base64url has several spellings for
 * the same bytes (white space, padding, spare bits in the last character), and libraries accept them; here each part must
 * be what its bytes encode to. Only HS256: a token that names another algorithm, or `crit`, is not read any further.
 */
export async function readToken(token: string, secret: string): Promise<TokenReading> {
  const parts = token.split('.')
  const [head, body, mac] = parts
  if (head === undefined || body === undefined || mac === undefined || parts.length !== 3) return { ok: false, why: 'malformed' }
  const [headBytes, payload, macBytes] = [canonical(head), canonical(body), canonical(mac)]
  if (!headBytes || !payload || !macBytes) return { ok: false, why: 'not_canonical' }
  const header = jsonObject(headBytes)
  if (header?.alg !== 'HS256' || 'crit' in header || (header.typ !== undefined && header.typ !== 'JWT')) return { ok: false, why: 'malformed' }
  if (!(await provenBy(utf8(secret), utf8(`${head}.${body}`), macBytes))) return { ok: false, why: 'wrong_signature' }
  const claims = jsonObject(payload)
  return claims ? { ok: true, claims, payload } : { ok: false, why: 'malformed' }
}

function canonical(part: string): Uint8Array | null {
  const bytes = new Uint8Array(Buffer.from(part, 'base64url'))
  return part !== '' && toBase64Url(bytes) === part ? bytes : null
}
