import { Fault } from '../failure.ts'
import { jobVisit, type JobParts } from '../job.ts'
import { removeTenantRows } from './closing-store.ts'
import { copyTenant, fenceAt, turnFence, tenantDigest, waitingEvents } from './move-store.ts'
import { moveStarted, tenantMoved } from './module.ts'
import { beginMove, endMove, moveOf, switchShard } from './directory-moves.ts'

/** What an operator's job has besides: the drain, which the wiring holds. */
export type MoveParts = JobParts & { readonly drain: (tenantId: string) => Promise<void> }

/**
 * Move a tenant to another shard while it is being worked in. From `moving` on its writers are told to come again
 * (503 with Retry-After 2); readers read on. Everything is copied, counts and hashes of every table are compared, and only
 * then does the directory name the new shard; the old fence says `moved` before the new one opens, so that at no moment both
 * take writes. Safe to repeat: a move that was killed anywhere goes on where the directory and the fences say it stands.
 * Throws `conflict` where the copy differs (nothing was switched) or the tenant is not open, `unavailable` while events
 * wait to be sealed.
 */
export async function moveTenant(parts: MoveParts, tenantId: string, to: string): Promise<void> {
  const { reach } = parts
  const place = await reach.directory.read(moveOf(reach.directory, tenantId))
  if (!place) throw new Fault({ code: 'not_found' })
  if (!reach.shardNames.includes(to)) throw new Fault({ code: 'invalid', errors: [{ pointer: '/to', detail: 'There is no such shard.' }] })
  if (place.state === 'open' && place.shard === to) return
  if (place.state === 'open') await jobVisit(parts, 'move-tenant').commitDirectory([beginMove(reach.directory, tenantId, place.shard, to)], moveStarted(tenantId, { from: place.shard, to }))
  else if (place.state !== 'moving' || place.movingTo !== to) throw new Fault({ code: 'conflict', state: place.state, detail: 'This tenant is closing, or on its way to another shard.' })
  await resumeMove(parts, tenantId)
}

/** Go on with a move that the directory says is under way. */
export async function resumeMove(parts: MoveParts, tenantId: string): Promise<void> {
  const { reach } = parts
  const place = await reach.directory.read(moveOf(reach.directory, tenantId))
  if (place?.state !== 'moving' || place.movingTo === null) return
  const to = place.movingTo
  if (place.shard !== to) await copyAndSwitch(parts, tenantId, place.shard, to)
  await finish(parts, tenantId, to)
}

async function copyAndSwitch(parts: MoveParts, tenantId: string, from: string, to: string): Promise<void> {
  const { reach } = parts
  const [source, target] = [reach.shard(from), reach.shard(to)]
  await turnFence(source, tenantId, 'open', 'moving')
  await parts.drain(tenantId) // what was committed is sealed and followed where it was written
  if (await waitingEvents(source, tenantId)) throw new Fault({ code: 'unavailable', reason: 'events wait to be sealed' })
  await removeTenantRows(target, tenantId) // what an earlier run left half copied
  await copyTenant(source, target, tenantId)
  const [was, is] = [await tenantDigest(source, tenantId), await tenantDigest(target, tenantId)]
  if (was.hash !== is.hash || was.rows !== is.rows) throw new Fault({ code: 'conflict', state: 'copy_differs', detail: 'The copy is not equal to the original. Nothing was switched; run the move again.' })
  await jobVisit(parts, 'move-tenant').commitDirectory([switchShard(reach.directory, tenantId, from, to)], tenantMoved(tenantId, { from, to, rows: was.rows, hash: was.hash }))
}

async function finish(parts: MoveParts, tenantId: string, to: string): Promise<void> {
  const { reach } = parts
  const elsewhere = reach.shardNames.filter((name) => name !== to).map((name) => reach.shard(name))
  for (const shard of elsewhere) await turnFence(shard, tenantId, 'moving', 'moved')
  await turnFence(reach.shard(to), tenantId, 'moving', 'open')
  if ((await fenceAt(reach.shard(to), tenantId)) !== 'open') throw new Fault({ code: 'unavailable', reason: 'the tenant did not open on its new shard' })
  for (const shard of elsewhere) await removeTenantRows(shard, tenantId)
  await endMove(jobVisit(parts, 'move-tenant'), tenantId, to)
}
