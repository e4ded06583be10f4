import type { WakeKind } from '../durable-objects/verbs-port.ts'
import { stockKeys } from './calls/log/stock-keys.ts'
import { endPops } from './calls/pop/end-pops.ts'
import { announceCheckpoint } from './core/audit/announce-checkpoint.ts'
import { drainOutbox } from './core/audit/drain-outbox.ts'
import { deliverDue } from './core/delivery/deliver-due.ts'
import { PLATFORM, type Reach } from './core/reach.ts'
import { sealedTables, sweepSealRoot } from './core/tenancy/sweep-seal-root.ts'
import { dueWork, followers, hookTemplates, mailTemplates, manifests } from './modules.ts'

/** What a woken verb has: no request, no person. */
export type WakeParts = { readonly reach: Reach; readonly now: number; readonly later: (work: () => Promise<unknown>) => void }

/** What a cron has besides: the product's own front door, to knock at as a stranger. */
export type CronParts = WakeParts & { readonly knock: (request: Request) => Promise<Response> }

/** Run the core verb that `kind` names, to its end. Idempotent: alarms and crons repeat it. */
export async function wake(parts: WakeParts, kind: WakeKind, id: string): Promise<void> {
  switch (kind) {
    case 'drain-outbox':
    case 'drain-guard':
      return drainOutbox(parts.reach, followers, parts.now, id)
    case 'announce-checkpoint':
      return announceCheckpoint(parts.reach, id, parts.now)
    case 'end-pops':
      return endPops(parts, id)
    case 'stock-keys':
      return stockKeys(parts, id)
    case 'run-due':
      await deliverDue(parts, id, { mails: mailTemplates, hooks: hookTemplates })
      if (id === PLATFORM) return
      await sweepSealRoot(parts, sealedTables(manifests), id)
      for (const work of dueWork) await work.ofTenant(parts, id)
  }
}
