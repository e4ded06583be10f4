import type { Follower } from '../audit/follower.ts'
import { finishEmailChange, settleEmailChange } from './apply-email-change.ts'
import { finishClosing } from './close-account.ts'
import { accountClosed, emailChanged, emailConfirmed, profileChanged } from './events.ts'
import { followContact } from './follow-contact.ts'
import { accountFollowers } from './settle-account-change.ts'
import { factorFollowers } from './tell-factor-change.ts'
import { riskFollowers } from './tell-tried.ts'

/** What identity's events bring about elsewhere: in the directory, on the tenants' shards. */
export const identityFollowers: readonly (readonly [string, Follower])[] = [
  [emailConfirmed.eventName, finishEmailChange],
  [emailChanged.eventName, settleEmailChange],
  [emailChanged.eventName, followContact],
  [profileChanged.eventName, followContact],
  [accountClosed.eventName, finishClosing],
  ...factorFollowers,
  ...riskFollowers,
  ...accountFollowers,
]
