import type { Ctx } from '../../core/ctx.ts'
import { runJob, type JobParts } from '../../core/job.ts'
import { createSaltsAhead, destroySalt } from '../../core/vault/salts.ts'
import { CALL_SALT } from './module.ts'
import { callsByIds } from './store.ts'

/** Of an id made by our clock, the part that is its time: what is made at once begins alike. */
const TIME_CHARS = 'cal_'.length + 10

/**
 * Make keys for calls to come, ahead of them: the ring that needs one finds it lying in the bucket. Keys that were handed
 * out to a message which came to nothing are destroyed. Safe to repeat, and twice at once: nothing is handed out but what the
 * organisation's guard was told of, and what it does not want is destroyed.
 */
export async function stockKeys(parts: JobParts, tenantId: string): Promise<void> {
  await runJob(parts, tenantId, 'stock-keys', async (ctx) => {
    const guard = ctx.reach.hookGuards.of(tenantId)
    const { wanted, handed } = await guard.keysAsked(ctx.now)
    const called = await ctx.db.read(callsByIds(ctx.db, handed)) // asks the fence too, before anything is made
    for (const id of handed) if (!called.some((call) => call.id === id)) await destroy(ctx, id)
    const ids = Array.from({ length: wanted }, () => ctx.newId('cal'))
    const keys = wanted === 0 ? new Map() : await createSaltsAhead(ctx.reach.keyring.bucket, { tenant: tenantId, kind: CALL_SALT }, (ids[0] ?? '').slice(0, TIME_CHARS), ids)
    const made = [...keys].map(([id, salt]) => ({ id, salt }))
    if (!(await guard.stockKeys({ made, settled: handed }))) for (const { id } of made) await destroy(ctx, id)
  })
}

const destroy = ({ reach, tenant }: Ctx, id: string): Promise<void> => destroySalt(reach.keyring.bucket, { tenant: tenant.id, kind: CALL_SALT, id })
