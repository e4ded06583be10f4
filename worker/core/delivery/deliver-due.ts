import { jobVisit, runJob, type JobParts } from '../job.ts'
import { PLATFORM } from '../reach.ts'
import { channelsOf, type Couriers } from './courier.ts'
import { deliverNext, mailCourier } from './deliver-next.ts'
import { hookCourier, type HookTemplate } from './hook.ts'
import { mailProvider } from './mail-provider.ts'
import type { MailTemplate } from './mail.ts'
import { platformOutgoing, tenantOutgoing } from './outgoing.ts'
import { tenantsWithDueDeliveries } from './store.ts'

const JOB = 'deliver'
/** Messages one wake-up sends at most; what is left is found by the next minute. */
const AT_MOST = 200
/** Tenants of one shard that one minute looks after. */
const TENANTS = 100

/** What may leave, by name. */
export type Leaving = { readonly mails: readonly MailTemplate[]; readonly hooks: readonly HookTemplate[] }

/**
 * Send everything of a tenant (or of the deployment) that is due. Answers how many messages were tried. Without a mail provider
 * no mail is tried and none given up: it waits until the operator names one.
 */
export async function deliverDue(parts: JobParts, tenantId: string, leaving: Leaving): Promise<number> {
  const couriers = couriersOf(parts, leaving, tenantId === PLATFORM ? 'platform' : 'tenant')
  if (channelsOf(couriers).length === 0) return 0
  const next = tenantId === PLATFORM ? () => deliverNext(platformOutgoing(jobVisit(parts, JOB)), couriers) : () => runJob(parts, tenantId, JOB, (ctx) => deliverNext(tenantOutgoing(ctx), couriers))
  let tried = 0
  while (tried < AT_MOST && (await next())) tried += 1
  return tried
}

function couriersOf({ reach }: JobParts, { mails, hooks }: Leaving, scope: MailTemplate['scope']): Couriers {
  const provider = mailProvider(reach.env)
  return {
    ...(provider ? { mail: mailCourier(provider, mails.filter((mail) => mail.scope === scope)) } : {}),
    ...(scope === 'tenant' ? { webhook: hookCourier(hooks) } : {}),
  }
}

/** The minute cron's net: whoever has a message whose timer was lost. */
export async function deliverOverdue(parts: JobParts, leaving: Leaving): Promise<number> {
  const { reach, now } = parts
  const channels = channelsOf(couriersOf(parts, leaving, 'tenant'))
  const found = await Promise.all(reach.shardNames.map((name) => tenantsWithDueDeliveries(reach.reader(name), now, channels, TENANTS)))
  let tried = 0
  for (const owner of [PLATFORM, ...found.flat()]) tried += await deliverDue(parts, owner, leaving)
  return tried
}
