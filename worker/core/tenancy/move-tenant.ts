import { Fault, isFault } from '../failure.ts'
import { jobVisit, type JobParts } from '../job.ts'
import { removeTenantRows } from './closing-store.ts'
import { beginMove, dropWish, endMove, giveUpMove, moveOf, switchShard } from './directory-moves.ts'
import { moveGivenUp, moveStarted, tenantMoved, tenantOpened } from './module.ts'
import { copyTenant, countRows, fenceAt, openWhole, strayFences, tenantDigest, turnFence, waitingEvents } from './move-store.ts'

/** What an operator's job has besides: the drain, which the wiring holds. */
export type MoveParts = JobParts & { readonly drain: (tenantId: string) => Promise<void> }

/** A move whose events will not seal, or whose copy will not agree, is given up after this: the tenant works on where it was. */
const PATIENCE_MS = 15 * 60_000

/**
 * Move a tenant to another shard while it is being worked in. From `moving` on its writers are told to come again
 * (503 with Retry-After 2); readers read on. Everything is copied, counts and hashes of every table are compared, and only
 * then does the directory name the new shard; the old fence says `moved` before the new one opens, so that at no moment both
 * take writes, and the old rows go last. Safe to repeat and to run twice at once: rows are only ever added to the new shard
 * while it is closed, each removal is held to the fence it was meant for, and the new fence opens only over as many rows as
 * the old one has. Throws `conflict` where the copy differs (nothing was switched) or the tenant is not open, `unavailable`
 * while events wait to be sealed or a large copy has still to be ended by the next run.
 */
export async function moveTenant(parts: MoveParts, tenantId: string, to: string): Promise<void> {
  const { reach, now } = parts
  const { directory } = reach
  const place = await directory.read(moveOf(directory, tenantId))
  if (!place) throw new Fault({ code: 'not_found' })
  const known = reach.shardNames.includes(to)
  if (place.state === 'open' && place.movingTo === to && (!known || place.shard === to)) await jobVisit(parts, 'move-tenant').commitDirectory([dropWish(directory, tenantId)], moveGivenUp(tenantId, { from: place.shard, to }))
  if (!known) throw new Fault({ code: 'invalid', errors: [{ pointer: '/to', detail: 'There is no such shard.' }] })
  if (place.state === 'open' && place.shard === to) return
  if (place.state === 'open') await jobVisit(parts, 'move-tenant').commitDirectory([beginMove(directory, tenantId, place.shard, to, now)], moveStarted(tenantId, { from: place.shard, to }))
  else if (place.state !== 'moving' || place.movingTo !== to) throw new Fault({ code: 'conflict', state: place.state, detail: 'This tenant is closing, or on its way to another shard.' })
  await resumeMove(parts, tenantId)
}

/** Go on with a move that the directory says is under way. */
export async function resumeMove(parts: MoveParts, tenantId: string): Promise<void> {
  const place = await parts.reach.directory.read(moveOf(parts.reach.directory, tenantId))
  if (place?.state !== 'moving' || place.movingTo === null) return
  if (place.movedFrom !== null) return finish(parts, tenantId, place.movedFrom, place.shard)
  try {
    await copyAndSwitch(parts, tenantId, place.shard, place.movingTo)
  } catch (thrown) {
    if (isFault(thrown) && stuck.has(thrown.failure.code) && (place.movingSince ?? 0) + PATIENCE_MS <= parts.now) await giveUp(parts, tenantId, place.shard, place.movingTo)
    throw thrown
  }
  await finish(parts, tenantId, place.shard, place.movingTo)
}

const stuck: ReadonlySet<string> = new Set(['unavailable', 'conflict'])

async function copyAndSwitch(parts: MoveParts, tenantId: string, from: string, to: string): Promise<void> {
  const { reach } = parts
  const [source, target] = [reach.shard(from), reach.shard(to)]
  await turnFence(source, tenantId, 'open', 'moving')
  // Given up meanwhile: the fence that was just closed is opened again.
  if ((await reach.directory.read(moveOf(reach.directory, tenantId)))?.state === 'open') return turnFence(source, tenantId, 'moving', 'open')
  await parts.drain(tenantId) // what was committed is sealed and followed where it was written
  if (await waitingEvents(source, tenantId)) throw new Fault({ code: 'unavailable', reason: 'events wait to be sealed' })
  if (!(await copyTenant(source, target, tenantId))) return
  const [was, is] = [await tenantDigest(source, tenantId), await tenantDigest(target, tenantId)]
  if (was.hash !== is.hash || was.rows !== is.rows) {
    await removeTenantRows(target, tenantId, 'moving') // what an earlier run left there
    throw new Fault({ code: 'conflict', state: 'copy_differs', detail: 'The copy is not equal to the original. Nothing was switched; run the move again.' })
  }
  await jobVisit(parts, 'move-tenant').commitDirectory([switchShard(reach.directory, tenantId, from, to)], tenantMoved(tenantId, { from, to, rows: was.rows, hash: was.hash }))
}

async function finish(parts: MoveParts, tenantId: string, from: string, to: string): Promise<void> {
  const { reach } = parts
  if ((await reach.directory.read(moveOf(reach.directory, tenantId)))?.movedFrom !== from) return // a copy that the next run goes on with, or a move that ended
  const [source, target] = [reach.shard(from), reach.shard(to)]
  await turnFence(source, tenantId, 'moving', 'moved')
  if ((await fenceAt(target, tenantId)) !== 'open' && !(await openWhole(target, tenantId, await countRows(source, tenantId)))) {
    await copyTenant(source, target, tenantId) // a run that overlapped took rows away; they are still here
    throw new Fault({ code: 'unavailable', reason: 'the tenant did not open on its new shard' })
  }
  await removeTenantRows(source, tenantId, 'moved')
  await jobVisit(parts, 'move-tenant').commitDirectory([endMove(reach.directory, tenantId, to)], tenantOpened(tenantId, {}))
}

async function giveUp(parts: MoveParts, tenantId: string, shard: string, movingTo: string): Promise<void> {
  const { reach } = parts
  await jobVisit(parts, 'move-tenant').commitDirectory([giveUpMove(reach.directory, tenantId, shard)], moveGivenUp(tenantId, { from: shard, to: movingTo }))
  await turnFence(reach.shard(shard), tenantId, 'moving', 'open')
  await removeTenantRows(reach.shard(movingTo), tenantId, 'moving')
}

/** What a move that was killed while giving up or ending left on a shard: a fence that no move will turn any more. */
export async function clearStrays(parts: JobParts, shardName: string, limit: number): Promise<void> {
  const { reach } = parts
  const shard = reach.shard(shardName)
  for (const { tenantId, state } of await strayFences(shard, limit)) {
    const place = await reach.directory.read(moveOf(reach.directory, tenantId))
    if (place?.state !== 'open') continue
    if (place.shard !== shardName) await removeTenantRows(shard, tenantId, state)
    else if (state === 'moving') await turnFence(shard, tenantId, 'moving', 'open')
  }
}
