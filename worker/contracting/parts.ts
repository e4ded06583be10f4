import type { ApiRoute } from '../core/api/route.ts'
import type { Follower } from '../core/audit/follower.ts'
import type { MailTemplate } from '../core/delivery/mail.ts'
import type { Sweep } from '../core/retention/sweep.ts'

/** What the wiring takes from this module, area by area. */
export const contractingRoutes: readonly ApiRoute[] = []

export const contractingFollowers: readonly (readonly [string, Follower])[] = []

export const contractingMails: readonly MailTemplate[] = []

export const contractingSweeps: readonly Sweep[] = []
