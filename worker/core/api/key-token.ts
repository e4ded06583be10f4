import { randomToken, type CookieSigner } from '../cookies.ts'

/** Whose programs a key is for: the tenant's own (`key`), or one carrier's that the tenant works with (`cky`). */
export type KeyKind = 'key' | 'cky'

/** The parts of a key. The tenant in clear only routes; the MAC decides whether an object is woken at all. */
export type KeyToken = { readonly kind: KeyKind; readonly tenantId: string; readonly keyId: string; readonly whole: string }

const form = /^cs_(key|cky)_([0-7][0-9a-hjkmnp-tv-z]{25})_([0-7][0-9a-hjkmnp-tv-z]{25})_([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/

/** A new token for a key of a tenant: `cs_<kind>_<tenant>_<key id>_<secret>.<mac>`. The kind is the prefix of the id. */
export async function mintKeyToken(signer: CookieSigner, tenantId: string, keyId: string): Promise<string> {
  const said = `cs_${keyId.slice(0, 3)}_${tenantId.slice(4)}_${keyId.slice(4)}_${randomToken(32)}`
  return `${said}.${await signer.mac('key', said)}`
}

/** The parts of a bearer token that we made, or null for anything else. Says nothing about whether the key is still good. */
export async function readKeyToken(signer: CookieSigner, token: string): Promise<KeyToken | null> {
  const [, kind, tenant, key, , mac] = form.exec(token) ?? []
  if (!kind || !tenant || !key || !mac) return null
  if (!(await signer.macFits('key', token.slice(0, -44), mac))) return null
  return { kind: kind as KeyKind, tenantId: `ten_${tenant}`, keyId: `${kind}_${key}`, whole: token } // `as`: the form lets no other through
}

/** What a list shows of a token: enough to tell keys apart, nothing of the secret. */
export const prefixOf = (token: string): string => `${token.slice(0, 7)}…${token.slice(34, 60).slice(-6)}`
