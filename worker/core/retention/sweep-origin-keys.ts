import { PLATFORM } from '../reach.ts'
import { greatestPolicyValue, inspectedShards } from '../tenancy/inspect.ts'
import { destroyMonthsStep } from '../vault/salts.ts'
import type { Sweep } from './sweep.ts'

const DAY_MS = 86_400_000
/** Keys that one look at the bucket lists. */
const PAGE = 1000

/**
 * Destroys the key of a person and a month once no log keeps that month's addresses, browsers and reasons any more: a copy of
 * a log from before is unreadable then too. One key serves the logs of all tenants, so the longest policy decides, and the
 * rule's own period where all are shorter. Looks at `budget` keys at most, the next run at those after.
 */
export const sweepOriginKeys: Sweep = {
  rule: 'audit origin keys',
  run: async ({ reach, now }, terms) => {
    const policies = await Promise.all(inspectedShards(reach).map((shard) => greatestPolicyValue(shard, 'audit.ip_days')))
    const keepMs = Math.max(terms.keepMs ?? 0, ...policies.map((days) => (days ?? 0) * DAY_MS))
    const before = new Date(now - keepMs).toISOString().slice(0, 7)
    let done = 0
    let { cursor } = terms
    for (let looked = 0; looked < terms.budget; looked += PAGE) {
      const step = await destroyMonthsStep(reach.keyring.bucket, { tenant: PLATFORM, kind: 'person' }, before, cursor, Math.min(PAGE, terms.budget - looked))
      done += step.gone
      cursor = step.cursor
      if (cursor === null) break
    }
    return { done, failed: 0, cursor }
  },
}
