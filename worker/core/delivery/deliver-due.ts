import { jobVisit, runJob, type JobParts } from '../job.ts'
import { PLATFORM } from '../reach.ts'
import { deliverNext } from './deliver-next.ts'
import { mailProvider } from './mail-provider.ts'
import type { MailTemplate } from './mail.ts'
import { platformOutgoing, tenantOutgoing } from './outgoing.ts'
import { tenantsWithDueDeliveries } from './store.ts'

const JOB = 'deliver'
/** Messages one wake-up sends at most; what is left is found by the next minute. */
const AT_MOST = 200
/** Tenants of one shard that one minute looks after. */
const TENANTS = 100

/**
 * Send everything of a tenant (or of the deployment) that is due. Answers how many messages were tried. Without a provider
 * nothing is tried and nothing given up: mail waits until the operator names one.
 */
export async function deliverDue(parts: JobParts, tenantId: string, templates: readonly MailTemplate[]): Promise<number> {
  const provider = mailProvider(parts.reach.env)
  if (!provider) return 0
  const next =
    tenantId === PLATFORM
      ? () => deliverNext(platformOutgoing(jobVisit(parts, JOB)), provider, templates.filter(({ scope }) => scope === 'platform'))
      : () => runJob(parts, tenantId, JOB, (ctx) => deliverNext(tenantOutgoing(ctx), provider, templates.filter(({ scope }) => scope === 'tenant')))
  let tried = 0
  while (tried < AT_MOST && (await next())) tried += 1
  return tried
}

/** The minute cron's net: whoever has a message whose timer was lost. */
export async function deliverOverdue(parts: JobParts, templates: readonly MailTemplate[]): Promise<number> {
  const { reach, now } = parts
  const found = await Promise.all(reach.shardNames.map((name) => tenantsWithDueDeliveries(reach.reader(name), now, TENANTS)))
  let tried = 0
  for (const owner of [PLATFORM, ...found.flat()]) tried += await deliverDue(parts, owner, templates)
  return tried
}
