import { rights as identity } from '../../worker/core/identity/module.ts'

/** Rights over what is one's own: no other tenant has a say in them, and no key. */
export const personalRights = [identity.ownAccount] as const

const sign = 'no tenant is known yet, and no id in it names one'
const own = 'belongs to the person of the session alone; it takes no id but that of its own sessions and factors'
const mailed = 'a mailed token decides, and names nothing else'

/**
 * Entrances that belong to a person rather than to a tenant, each with why it has no case in route-cases.ts. They are walked
 * by sweep-personal.test.ts instead: whatever they are told of a foreign tenant, they say and change nothing of it.
 */
export const personal: Readonly<Record<string, string>> = {
  'GET /sign-in': sign, 'POST /sign-in': sign,
  'GET /sign-in/passkey': sign, 'POST /sign-in/passkey': sign,
  'GET /sign-in/second-factor': own, 'POST /sign-in/second-factor': own,
  'GET /sign-in/oidc/:provider': sign, 'GET /sign-in/oidc/:provider/callback': sign, 'POST /sign-in/oidc/:provider/callback': sign,
  'GET /sign-out': own, 'POST /sign-out': own,
  'GET /sign-up': sign, 'POST /sign-up': sign,
  'GET /sign-up/confirm/:token': mailed, 'POST /sign-up/confirm/:token': mailed,
  'GET /forgot-password': sign, 'POST /forgot-password': sign,
  'GET /reset-password/:token': mailed, 'POST /reset-password/:token': mailed,
  'GET /not-me/:token': mailed, 'POST /not-me/:token': mailed,
  'GET /confirm-email/:token': mailed, 'POST /confirm-email/:token': mailed,
  'GET /dispute-email/:token': mailed, 'POST /dispute-email/:token': mailed,
  'GET /invitation/:token': mailed, 'POST /invitation/:token': mailed,
  'GET /producer-invitation/:token': mailed, 'POST /producer-invitation/:token': mailed,
  'GET /calendar/:token': 'a secret address decides, and opens one calendar without a name in it',
  'GET /verify': 'anybody asks about a file by its digest; the answer names no tenant', 'POST /verify': sign,
  'GET /start': own, 'POST /start': own,
  'GET /step-up': own, 'POST /step-up': own,
  'GET /tenant-switch': own, 'POST /tenant-switch': 'names a tenant, and is refused without a seat in it',
  'GET /profile': own, 'POST /profile': own,
  'GET /profile/password': own, 'POST /profile/password': own,
  'GET /profile/close': own, 'POST /profile/close': own,
  'GET /profile/security': own, 'POST /profile/security': own,
  'GET /profile/security/authenticator': own, 'POST /profile/security/authenticator': own,
  'GET /profile/security/passkey': own, 'POST /profile/security/passkey': own,
  'GET /sessions': own, 'POST /sessions': own,
}
