import type { RecordedEvent } from '../audit/event.ts'
import type { Ctx, Visit } from '../ctx.ts'
import { PLATFORM } from '../reach.ts'
import type { SealableField } from '../vault/sealed.ts'
import type { TenantVault } from '../vault/tenant-vault.ts'
import { platformLetter, tenantLetter } from './module.ts'
import { changeDelivery, changePlatformDelivery, dueDeliveries, duePlatformDeliveries, type DeliveryRow } from './store.ts'

type Change = Parameters<typeof changeDelivery>[2]

/** A queue of messages and what goes with it: a tenant's on its shard, or the deployment's in the directory. */
export type Outgoing = {
  readonly owner: string
  readonly visit: Visit
  readonly ctx: Ctx | null
  readonly vault: TenantVault
  readonly field: SealableField<'content'>
  /** Whose name stands at the foot of a mail. */
  readonly name: string
  /** The message that is due for longest, of those that go over these channels. */
  readonly next: (channels: readonly DeliveryRow['channel'][]) => Promise<DeliveryRow | undefined>
  /** Change a message that still stands as it was seen, with its event; refused as a conflict otherwise. */
  readonly change: (seen: DeliveryRow, set: Change, event: RecordedEvent) => Promise<void>
}

export const tenantOutgoing = (ctx: Ctx): Outgoing => ({
  owner: ctx.tenant.id,
  visit: ctx,
  ctx,
  vault: ctx.vault,
  field: tenantLetter,
  name: ctx.tenant.name,
  next: async (channels) => (await ctx.db.read(dueDeliveries(ctx.db, ctx.now, channels, 1)))[0],
  change: (seen, set, event) => ctx.commit([changeDelivery(ctx.db, seen, set)], event),
})

export const platformOutgoing = (visit: Visit): Outgoing => ({
  owner: PLATFORM,
  visit,
  ctx: null,
  vault: visit.platformVault,
  field: platformLetter,
  name: new URL(visit.reach.env.ORIGIN).host,
  next: async () => (await visit.directory.read(duePlatformDeliveries(visit.directory, visit.now, 1)))[0],
  change: (seen, set, event) => visit.commitDirectory([changePlatformDelivery(visit.directory, seen, set)], event),
})
