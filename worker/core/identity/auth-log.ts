import type { RecordedEvent } from '../audit/event.ts'
import type { Visit } from '../ctx.ts'
import { ipKey } from '../limits/limiter.ts'
import type { Write } from '../tenancy/statement.ts'
import { AUTH_IP, authOrigin } from './module.ts'
import { authRecorded } from './events.ts'
import { accountById, insertAuthRow } from './store.ts'

/** What the platform's own log of sign-ins tells apart (IFD-104), each with its result. */
const kinds = {
  signed_in: { kind: 'sign_in', result: 'success' },
  wrong_password: { kind: 'sign_in', result: 'failure' },
  wrong_factor: { kind: 'mfa', result: 'failure' },
  locked: { kind: 'lock', result: 'failure' },
  reset_asked: { kind: 'reset', result: 'failure' },
  reset: { kind: 'reset', result: 'failure' },
  not_me: { kind: 'risk', result: 'failure' },
  many_accounts: { kind: 'risk', result: 'failure' },
  throttled: { kind: 'risk', result: 'failure' },
} as const
export type AuthKind = keyof typeof kinds

/** The kinds whose rows are kept a year; `signed_in` is kept 90 days (IFD-105, IFD-106). */
export const authKinds = Object.keys(kinds) as AuthKind[] // `as`: the keys of a const object

/**
 * One row of the platform's log of sign-ins, with the event that a change to the directory needs. `account` is the blind
 * index of the address that was typed; no address and no tenant ever stands there.
 */
export async function authNote(visit: Visit, kind: AuthKind, account: string): Promise<{ write: Write; event: RecordedEvent }> {
  const { origin, platformVault, now } = visit
  const id = visit.newId('aut')
  const cell = await platformVault.seal(authOrigin, id, { ip: origin.ip, userAgent: origin.userAgent })
  const ipIndex = await platformVault.index(AUTH_IP, ipKey(origin.ip))
  const write = insertAuthRow(visit.directory, { id, at: now, kind, result: kinds[kind].result, accountIndex: account, origin: cell.sealed, sealVersion: cell.sealVersion, ipIndex })
  return { write, event: authRecorded(id, kinds[kind]) }
}

/** The same, committed at once. */
export async function noteAuth(visit: Visit, kind: AuthKind, account: string): Promise<void> {
  const { write, event } = await authNote(visit, kind, account)
  await visit.commitDirectory([write], event)
}

/** The same for an account that is known by its id, as after the first factor. */
export async function noteAuthOf(visit: Visit, kind: AuthKind, accountId: string): Promise<void> {
  const row = await visit.directory.read(accountById(visit.directory, accountId))
  if (row) await noteAuth(visit, kind, row.emailIndex)
}
