import { callsModule } from './calls/module.ts'
import { callsDueWork, callsFollowers, callsKeptElsewhere, callsRoutes, callsSenders, callsSweeps } from './calls/parts.ts'
import { contractingModule } from './contracting/module.ts'
import { callsProbes } from './calls/probes.ts'
import { contractingProbes } from './contracting/probes.ts'
import { contractingCarrierFace, contractingFollowers, contractingHooks, contractingKeptElsewhere, contractingMails, contractingRoutes, contractingSweeps } from './contracting/parts.ts'
import { aiModule } from './core/ai/module.ts'
import { aiRoutes } from './core/ai/routes.ts'
import { apiKeyRoutes } from './core/api/routes.ts'
import type { ApiRoute } from './core/api/route.ts'
import { auditRoutes } from './core/audit/routes.ts'
import { apiModule } from './core/api/module.ts'
import { followersOf, type Followers } from './core/audit/follower.ts'
import { auditFollowers } from './core/audit/followers.ts'
import { auditModule } from './core/audit/module.ts'
import type { HookTemplate } from './core/delivery/hook.ts'
import type { MailTemplate } from './core/delivery/mail.ts'
import { deliveryModule } from './core/delivery/module.ts'
import { deliveryProbes } from './core/delivery/probes.ts'
import { documentsModule } from './core/documents/module.ts'
import { documentProbes } from './core/documents/probes.ts'
import { documentRoutes } from './core/documents/routes.ts'
import { hooksModule } from './core/hooks/module.ts'
import type { HookSender } from './core/hooks/sender.ts'
import { factorProbe } from './core/identity/factor-probe.ts'
import { identityFollowers } from './core/identity/followers.ts'
import { identityMails } from './core/identity/mails.ts'
import { identityModule } from './core/identity/module.ts'
import type { DueWork } from './core/job.ts'
import type { Manifest } from './core/module.ts'
import { retentionModule } from './core/retention/module.ts'
import { retentionProbes } from './core/retention/probes.ts'
import type { Sweep } from './core/retention/sweep.ts'
import { coreSweeps, keptElsewhere } from './core/retention/sweeps.ts'
import { tenancyFollowers } from './core/tenancy/followers.ts'
import { invitationMail } from './core/tenancy/mail-invitation.ts'
import { tenancyModule } from './core/tenancy/module.ts'
import { tenancyRoutes } from './core/tenancy/routes.ts'
import { trustModule } from './core/trust/module.ts'
import type { Probe } from './core/trust/probe.ts'
import { probes as coreProbes } from './core/trust/probes.ts'

/** Every manifest, listed once. The core's own areas come first; a product module is one more line. */
export const manifests: readonly Manifest[] = [tenancyModule, auditModule, apiModule, documentsModule, deliveryModule, hooksModule, aiModule, identityModule, retentionModule, trustModule, contractingModule, callsModule]

/** What happens elsewhere when something happened, by event name. */
export const followers: Followers = followersOf([...tenancyFollowers, ...auditFollowers, ...identityFollowers, ...contractingFollowers, ...callsFollowers])

/** Every mail that may be queued, by the area that declares it; a queued name that stands here no more is a dead letter. */
export const mailTemplates: readonly MailTemplate[] = [...identityMails, invitationMail, ...contractingMails]

/** Every webhook that may be queued, likewise. */
export const hookTemplates: readonly HookTemplate[] = contractingHooks

/** Every probe that decides whether a control may say `active`. */
export const probes: readonly Probe[] = [...coreProbes, factorProbe, ...documentProbes, ...deliveryProbes, ...retentionProbes, ...contractingProbes, ...callsProbes]

/** Every declared route: what the sweep walks, the fuzzer feeds and the document tells. */
export const apiRoutes: readonly ApiRoute[] = [...tenancyRoutes, ...apiKeyRoutes, ...auditRoutes, ...documentRoutes, ...aiRoutes, ...contractingRoutes, ...callsRoutes]

/** Every declared route of the carriers' API: entered with a carrier's key, mounted and documented apart, swept and fuzzed with the rest. */
export const carrierApiRoutes: readonly ApiRoute[] = contractingCarrierFace

/** Everybody whose webhooks are taken, by the module that takes them. */
export const hookSenders: readonly HookSender[] = callsSenders

/** What falls due for a tenant besides its messages. */
export const dueWork: readonly DueWork[] = callsDueWork

/** What carries out the manifests' retention rules, hourly. */
export const sweeps: readonly Sweep[] = [...coreSweeps, ...contractingSweeps, ...callsSweeps]

/** Rules that are carried out elsewhere, and by whom. */
export const elsewhere: Readonly<Record<string, string>> = { ...keptElsewhere, ...contractingKeptElsewhere, ...callsKeptElsewhere }
