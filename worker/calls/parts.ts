import type { ApiRoute } from '../core/api/route.ts'
import type { Follower } from '../core/audit/follower.ts'
import type { HookSender } from '../core/hooks/sender.ts'
import type { DueWork } from '../core/job.ts'
import type { Sweep } from '../core/retention/sweep.ts'
import { sweepShards } from '../core/retention/sweep-rows.ts'
import { sweepTenants } from '../core/retention/sweep-tenants.ts'
import { amsKeptElsewhere } from './ams/module.ts'
import { amsRoutes } from './ams/routes.ts'
import { withAms } from './ams/with-ams.ts'
import { figuresKeptElsewhere } from './figures/module.ts'
import { figuresRoutes } from './figures/routes.ts'
import { intakeKeptElsewhere } from './intake/module.ts'
import { intakeRoutes } from './intake/routes.ts'
import { callSenders } from './intake/senders.ts'
import { logKeptElsewhere } from './log/module.ts'
import { purgeCalls } from './log/purge-calls.ts'
import { logRoutes } from './log/routes.ts'
import { tenantsWithDueCalls } from './log/store.ts'
import { composeNote } from './note/compose-note.ts'
import { popFollowers } from './pop/followers.ts'
import { popKeptElsewhere } from './pop/module.ts'
import { popRoutes } from './pop/routes.ts'
import { choicesBefore } from './pop/store.ts'
import { handOverDue, handOverOverdue } from './sync/run-due.ts'
import { syncRoutes } from './sync/routes.ts'

/** What the wiring takes from this module, area by area. */
export const callsRoutes: readonly ApiRoute[] = [...intakeRoutes, ...logRoutes, ...popRoutes, ...amsRoutes, ...syncRoutes, ...figuresRoutes]

/** Whose webhooks it takes. */
export const callsSenders: readonly HookSender[] = callSenders

/** What closes the sockets of whoever may not listen any more. */
export const callsFollowers: readonly (readonly [string, Follower])[] = popFollowers

/** The cap is not waited for: a call that stands half purged is finished by the next run. */
export const callsSweeps: readonly Sweep[] = [
  sweepTenants('calls', { tenants: tenantsWithDueCalls, remove: purgeCalls, atMost: 100 }),
  sweepShards('call_choices', (now, keepMs) => [choicesBefore(now - keepMs)]),
]

const handOverParts = { withAms, compose: composeNote }

/** Ended calls go to the AMS by an alarm of their own (CAL-53). */
export const callsDueWork: readonly DueWork[] = [
  { name: 'hand-over-calls', ofTenant: (parts, tenantId) => handOverDue(parts, tenantId, handOverParts), overdue: (parts) => handOverOverdue(parts, handOverParts) },
]

/** Retention rules that no sweep carries out, and who does. */
export const callsKeptElsewhere: Readonly<Record<string, string>> = { ...intakeKeptElsewhere, ...logKeptElsewhere, ...popKeptElsewhere, ...amsKeptElsewhere, ...figuresKeptElsewhere }
