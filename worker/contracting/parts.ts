import { carrierFace } from './carriers/carrier-routes.ts'
import { carriersKeptElsewhere } from './carriers/module.ts'
import { carrierRoutes } from './carriers/routes.ts'
import { packetFollowers } from './packets/followers.ts'
import { packetsKeptElsewhere } from './packets/module.ts'
import { packetRoutes } from './packets/routes.ts'
import type { ApiRoute } from '../core/api/route.ts'
import type { Follower } from '../core/audit/follower.ts'
import type { HookTemplate } from '../core/delivery/hook.ts'
import type { MailTemplate } from '../core/delivery/mail.ts'
import { documentDownloaded } from '../core/documents/module.ts'
import type { Sweep } from '../core/retention/sweep.ts'
import { sweepShards } from '../core/retention/sweep-rows.ts'
import { expiryMail } from './passport/expiry-mail.ts'
import { remindersBefore } from './passport/expiry-store.ts'
import { passportKeptElsewhere } from './passport/module.ts'
import { passportRoutes } from './passport/routes.ts'
import { producerFollowers } from './producers/followers.ts'
import { producerInvitationMail } from './producers/mail-producer-invitation.ts'
import { producerRoutes } from './producers/routes.ts'
import { producersKeptElsewhere, producerSweeps } from './producers/sweeps.ts'
import { producerGone, releaseIssued } from './producers/module.ts'
import { endWithLink } from './requests/end-with-link.ts'
import { applicationSubmitted } from './requests/hooks.ts'
import { tellFetched } from './requests/tell-fetched.ts'
import { requestsKeptElsewhere } from './requests/module.ts'
import { requestRoutes } from './requests/routes.ts'

/** What the wiring takes from this module, area by area. */
export const contractingRoutes: readonly ApiRoute[] = [...passportRoutes, ...producerRoutes, ...carrierRoutes, ...requestRoutes, ...packetRoutes]

/** What carriers' programs are answered, by keys of theirs. */
export const contractingCarrierFace: readonly ApiRoute[] = [...carrierFace]

export const contractingFollowers: readonly (readonly [string, Follower])[] = [...producerFollowers, ...packetFollowers, [releaseIssued.eventName, endWithLink], [producerGone.eventName, endWithLink], [documentDownloaded.eventName, tellFetched]]

export const contractingMails: readonly MailTemplate[] = [expiryMail, producerInvitationMail]

/** What carriers are called for. */
export const contractingHooks: readonly HookTemplate[] = [applicationSubmitted]

export const contractingSweeps: readonly Sweep[] = [sweepShards('expiry_reminders', (now, keepMs) => [remindersBefore(now - keepMs)]), ...producerSweeps]

/** Retention rules that no sweep carries out, and who does. */
export const contractingKeptElsewhere: Readonly<Record<string, string>> = { ...passportKeptElsewhere, ...producersKeptElsewhere, ...carriersKeptElsewhere, ...requestsKeptElsewhere, ...packetsKeptElsewhere }
