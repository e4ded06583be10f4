import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand, demandExact } from '../rights.ts'
import { addRootVersion } from '../vault/keyring.ts'
import { rights, rotationStarted } from './module.ts'
import { insertRotation, raiseSealVersion, runningRotation } from './rotation-store.ts'
import { insertKeyVersion } from './store.ts'

export type RotationReason = 'schedule' | 'button' | 'compromised'

/** How soon the sweep begins: by then the batch has committed, or never will. */
const PROMPT_MS = 500

/**
 * Begin a rotation of the tenant's `seal` root: a new version is kept first, then the fence says that everything is sealed
 * under it from now on, which aborts every batch that still used the old one; the sweep of the rows follows as a job.
 * `compromised` destroys the old version as soon as no row needs it, whatever restore that costs. One rotation at a time:
 * `conflict` otherwise. Answers with the new version.
 */
export async function rotateSealRoot(ctx: Ctx, reason: RotationReason): Promise<number> {
  demand(ctx, reason === 'compromised' ? rights.destroyKeys : rights.rotateKeys)
  const running = await ctx.db.read(runningRotation(ctx.db))
  if (running) throw new Fault({ code: 'conflict', state: 'rotation_running', detail: 'A rotation is under way. Begin the next one when it is done.' })
  const from = ctx.vault.sealVersion
  const to = from + 1
  if (reason === 'compromised') await demandExact(ctx, rights.destroyKeys, { row: String(from) })
  await addRootVersion(ctx.reach.keyring, { tenant: ctx.tenant.id, root: 'seal', version: to })
  await ctx.commit(
    [
      raiseSealVersion(ctx.db, from, to),
      insertKeyVersion(ctx.db, { id: ctx.newId('kev'), root: 'seal', version: to, state: 'active', createdAt: ctx.now }),
      insertRotation(ctx.db, { id: ctx.newId('rot'), fromVersion: from, toVersion: to, reason, state: 'sweeping', total: 0, moved: 0, startedBy: ctx.eventActor.id, startedAt: ctx.now }),
    ],
    rotationStarted(ctx.tenant.id, { version: to, reason }),
  )
  ctx.later(() => ctx.reach.timers.set(ctx.tenant.id, ctx.now, 'run-due', ctx.now + PROMPT_MS))
  return to
}
