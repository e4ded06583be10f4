import type { TokenKind } from '../../../durable-objects/account-words.ts'
import type { Reach } from '../reach.ts'
import { sha256Hex } from '../vault/digest.ts'
import { equalSecrets } from '../vault/equal.ts'

/** What a mailed link's token is for; `sign_up` is the one that no account stands behind yet. */
export type LinkKind = TokenKind | 'sign_up'

/** A token that we made: whom it names, and the hash by which it is known where it is redeemed. */
export type LinkToken = { readonly id: string; readonly hash: string }

/**
 * The text of a mailed link's token: `id.secret.mac`. The id (an account, a sign-up) only routes; the MAC is checked before
 * anything is woken or read, so that made-up tokens cost nobody anything but us one HMAC.
 */
export const linkToken = async (reach: Reach, kind: LinkKind, id: string, secret: string): Promise<string> => `${id}.${secret}.${await macOf(reach, kind, id, secret)}`

/** The parts of a token we made for this kind of link; null for any other text. Says nothing about its being used or expired. */
export async function readLinkToken(reach: Reach, kind: LinkKind, text: string): Promise<LinkToken | null> {
  const [id, secret, mac, ...rest] = text.split('.')
  if (!id || !secret || !mac || rest.length > 0) return null
  return equalSecrets(mac, await macOf(reach, kind, id, secret)) ? { id, hash: await sha256Hex(secret) } : null
}

const macOf = (reach: Reach, kind: LinkKind, id: string, secret: string): Promise<string> => reach.signer.mac(`link.${kind}`, `${id}.${secret}`)
