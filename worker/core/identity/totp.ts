import { Secret, TOTP } from 'otpauth'

/** Time steps of 30 s, six digits, HMAC-SHA-1: the one set every authenticator app understands (RFC 6238 §4, Google's key URI format). */
const PERIOD_S = 30
const DIGITS = 6
/** Steps either side of now that are accepted: a phone's clock may be half a minute off (RFC 6238 §5.2). */
const WINDOW = 1
/** RFC 4226 §4 recommends 160 bits. */
const SECRET_BYTES = 20

/** A fresh secret in base32. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

/** The key URI that an authenticator app reads from the QR code. `label` tells accounts apart in the app. */
export const totpUri = (secret: string, place: { issuer: string; label: string }): string => totpOf(secret, place).toString()

/**
 * The time step that `code` belongs to, or null when it fits none of the three steps around `now` (epoch milliseconds).
 * Says nothing about whether that step was used before: the guard decides that.
 */
export function matchStep(secret: string, code: string, now: number): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW })
  return delta === null ? null : Math.floor(now / (PERIOD_S * 1000)) + delta
}

/** The secret in groups of four, for typing it by hand. */
export const spelled = (secret: string): string => secret.replaceAll(/(.{4})(?=.)/g, '$1 ')

const totpOf = (secret: string, place: { issuer?: string; label?: string } = {}): TOTP =>
  new TOTP({ ...place, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: DIGITS, period: PERIOD_S })
