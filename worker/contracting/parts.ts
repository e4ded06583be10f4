import { carrierFace } from './carriers/carrier-routes.ts'
import { carrierRoutes } from './carriers/routes.ts'
import type { ApiRoute } from '../core/api/route.ts'
import type { Follower } from '../core/audit/follower.ts'
import type { MailTemplate } from '../core/delivery/mail.ts'
import type { Sweep } from '../core/retention/sweep.ts'

/** What the wiring takes from this module, area by area. */
export const contractingRoutes: readonly ApiRoute[] = [...carrierRoutes]

/** What carriers' programs are answered, by keys of theirs. */
export const contractingCarrierFace: readonly ApiRoute[] = [...carrierFace]

export const contractingFollowers: readonly (readonly [string, Follower])[] = []

export const contractingMails: readonly MailTemplate[] = []

export const contractingSweeps: readonly Sweep[] = []
