import type { Ctx } from '../ctx.ts'
import { Fault, isFault } from '../failure.ts'
import { sha256Hex } from '../vault/digest.ts'
import type { Sealed } from '../vault/sealed.ts'
import { idempotencyAnswer as answerField } from './module.ts'
import { claimByKey, insertClaim, settleClaim } from './store.ts'

/** How long a key is remembered. */
export const IDEMPOTENCY_MS = 24 * 3_600_000
/** How long a claim without an answer counts as still running. */
const RUNNING_MS = 60_000

export type Kept = { status: number; text: string; headers: Record<string, string> }
type Request = { key: string; route: string; body: string; showsOnce: boolean }

/**
 * Carry out a POST at most once per Idempotency-Key. The claim rides in the verb's own batch: two runs at once cannot both
 * commit, and nothing is claimed by a run that changed nothing. It is read only when it was in the way.
 */
export async function once(ctx: Ctx, request: Request, run: (ctx: Ctx) => Promise<Kept>): Promise<Kept> {
  if (request.key.length > 255) throw new Fault({ code: 'invalid', errors: [{ pointer: '/header/Idempotency-Key', detail: 'At most 255 characters.' }] })
  const id = await ctx.vault.index('core.idempotency.key', [ctx.eventActor.kind, ctx.eventActor.id, request.route, request.key].join('\n'))
  const bodyHash = await sha256Hex(request.body)
  const claim = insertClaim(ctx.db, { id, bodyHash, sealVersion: ctx.vault.sealVersion, createdAt: ctx.now, expiresAt: ctx.now + IDEMPOTENCY_MS })
  const claims: true[] = []
  const claiming: Ctx = {
    ...ctx,
    commit: async (writes, events) => {
      // A verb commits once; should one ever commit twice, the claim stands with the first.
      await ctx.commit(claims.length === 0 ? [claim, ...writes] : writes, events)
      claims.push(true)
    },
  }
  try {
    const kept = await run(claiming)
    if (claims.length > 0) await keep(ctx, id, kept, request.showsOnce)
    return kept
  } catch (thrown) {
    if (claims.length > 0 || !isFault(thrown) || thrown.failure.code === 'stale_fence') throw thrown
    // Any refusal may be the claim's own; only the row itself tells.
    return replay(ctx, id, bodyHash, thrown)
  }
}

async function keep(ctx: Ctx, id: string, kept: Kept, showsOnce: boolean): Promise<void> {
  const cell = showsOnce ? null : await ctx.vault.seal(answerField, id, kept)
  await ctx.db.settle(settleClaim(ctx.db, id, { status: kept.status, answer: cell?.sealed ?? null, sealVersion: cell?.sealVersion ?? ctx.vault.sealVersion }))
}

async function replay(ctx: Ctx, id: string, bodyHash: string, thrown: unknown): Promise<Kept> {
  const claim = await ctx.db.read(claimByKey(ctx.db, id))
  if (!claim || claim.expiresAt <= ctx.now) throw thrown
  if (claim.bodyHash !== bodyHash) throw new Fault({ code: 'idempotency_mismatch' })
  if (claim.answer) return ctx.vault.open<Kept>(answerField, id, { sealed: claim.answer satisfies Sealed, sealVersion: claim.sealVersion })
  if (claim.status !== null) throw new Fault({ code: 'already_issued' })
  if (ctx.now - claim.createdAt < RUNNING_MS) throw new Fault({ code: 'idempotency_running' })
  throw new Fault({ code: 'conflict', state: 'answer_lost', detail: 'This was carried out, but its answer was lost. Load the list to see the result.' })
}
