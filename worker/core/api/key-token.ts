import { randomToken, type CookieSigner } from '../cookies.ts'

/** The parts of a workspace key. The tenant in clear only routes; the MAC decides whether an object is woken at all. */
export type KeyToken = { readonly tenantId: string; readonly keyId: string; readonly whole: string }

const form = /^cs_key_([0-7][0-9a-hjkmnp-tv-z]{25})_([0-7][0-9a-hjkmnp-tv-z]{25})_([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/

/** A new token for a key of a tenant: `cs_key_<tenant>_<key id>_<secret>.<mac>`. */
export async function mintKeyToken(signer: CookieSigner, tenantId: string, keyId: string): Promise<string> {
  const said = `cs_key_${tenantId.slice(4)}_${keyId.slice(4)}_${randomToken(32)}`
  return `${said}.${await signer.mac('key', said)}`
}

/** The parts of a bearer token that we made, or null for anything else. Says nothing about whether the key is still good. */
export async function readKeyToken(signer: CookieSigner, token: string): Promise<KeyToken | null> {
  const [, tenant, key, , mac] = form.exec(token) ?? []
  if (!tenant || !key || !mac) return null
  return (await signer.macFits('key', token.slice(0, -44), mac)) ? { tenantId: `ten_${tenant}`, keyId: `key_${key}`, whole: token } : null
}

/** What a list shows of a token: enough to tell keys apart, nothing of the secret. */
export const prefixOf = (token: string): string => `cs_key_…${token.slice(34, 60).slice(-6)}`
