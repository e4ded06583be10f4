import type { Ctx } from '../ctx.ts'
import { Fault, isFault, type Failure } from '../failure.ts'
import { sha256Hex } from '../vault/digest.ts'
import { idempotencyAnswer as answerField } from './module.ts'
import { claimByKey, insertClaim, removeExpiredClaim, settleClaim } from './store.ts'

/** How long a key is remembered. */
export const IDEMPOTENCY_MS = 24 * 3_600_000

/** An answer as it went out. */
export type Kept = { status: number; text: string; headers: Record<string, string> }

type Request = {
  readonly key: string
  readonly route: string
  readonly body: string
  readonly status: number
  /** What a repeat gets once the claim is in the database: no answer ever, one that is known beforehand, or one made of the subject. */
  readonly repeat: 'already_issued' | Kept | ((subject: string) => Promise<Kept>)
}

/** Sealed in the claim: what was made, until the answer itself takes its place. */
type Cell = { readonly subject: string } | Kept

/**
 * Carry out a POST at most once per Idempotency-Key, tenant and caller, for 24 hours. The claim rides in the verb's own
 * batch: of any number of runs at once one commits, nothing is claimed by a run that changed nothing, and a claim that can
 * be read is a change that was made. There is no "still running" to wait for.
 *
 * A repeat gets the very answer of the first run, byte for byte. Should the Worker die between the batch and the keeping of
 * that answer, the repeat is answered from the subject named in the claim, as it stands then: never a second effect, never
 * a key that is lost. An answer without a body is known beforehand and lies in the batch; a secret shown once is never kept.
 */
export async function once(ctx: Ctx, request: Request, run: (ctx: Ctx) => Promise<Kept>): Promise<Kept> {
  if (request.key.length < 1 || request.key.length > 255) throw new Fault({ code: 'invalid', errors: [{ pointer: '/header/Idempotency-Key', detail: 'Between 1 and 255 characters.' }] })
  const id = await ctx.vault.index('core.idempotency.key', [ctx.eventActor.kind, ctx.eventActor.id, request.route, request.key].join('\n'))
  const bodyHash = await sha256Hex(request.body)
  const claims: true[] = []
  const claiming: Ctx = {
    ...ctx,
    commit: async (writes, events) => {
      const [first] = [events].flat()
      // A verb commits once; should one ever commit twice, the claim stands with the first.
      const claim = claims.length === 0 && first ? await claimOf(ctx, request, { id, bodyHash, subject: first.subject }) : []
      await ctx.commit([...claim, ...writes], events)
      claims.push(true)
    },
  }
  try {
    const kept = await run(claiming)
    if (claims.length > 0 && typeof request.repeat === 'function') await keep(ctx, id, kept)
    return kept
  } catch (thrown) {
    if (claims.length > 0 || !isFault(thrown) || stands(thrown.failure)) throw thrown
    // Any other refusal may be the claim's own; only the row itself tells.
    return replay(ctx, request, { id, bodyHash, thrown })
  }
}

/** The claim, and the end of one whose day is over: it must not be in the way until it is swept. */
async function claimOf(ctx: Ctx, { repeat, status }: Request, { id, bodyHash, subject }: { id: string; bodyHash: string; subject: string }) {
  const cell: Cell | null = repeat === 'already_issued' ? null : typeof repeat === 'function' ? { subject } : repeat
  const sealed = cell && (await ctx.vault.seal(answerField, id, cell))
  const claim = { id, bodyHash, status, answer: sealed?.sealed ?? null, sealVersion: sealed?.sealVersion ?? ctx.vault.sealVersion, createdAt: ctx.now, expiresAt: ctx.now + IDEMPOTENCY_MS }
  return [removeExpiredClaim(ctx.db, id, ctx.now), insertClaim(ctx.db, claim)]
}

/** Best effort: the change is made, and where this fails a repeat is answered from its subject. */
async function keep(ctx: Ctx, id: string, kept: Kept): Promise<void> {
  const { sealed, sealVersion } = await ctx.vault.seal(answerField, id, kept)
  await ctx.db.settle(settleClaim(ctx.db, id, { answer: sealed, sealVersion })).catch(() => false)
}

async function replay(ctx: Ctx, request: Request, { id, bodyHash, thrown }: { id: string; bodyHash: string; thrown: Fault }): Promise<Kept> {
  const claim = await ctx.db.read(claimByKey(ctx.db, id))
  if (!claim || claim.expiresAt <= ctx.now) throw thrown
  if (claim.bodyHash !== bodyHash) throw new Fault({ code: 'idempotency_mismatch' })
  if (!claim.answer) throw new Fault({ code: 'already_issued' })
  const cell = await ctx.vault.open<Cell>(answerField, id, { sealed: claim.answer, sealVersion: claim.sealVersion })
  if ('text' in cell) return cell
  if (typeof request.repeat !== 'function') throw new Fault({ code: 'already_issued' })
  return request.repeat(cell.subject)
}

/** Refusals of whoever asks, not of what is asked: an answer of yesterday is no reason to give it to somebody who lost the right. */
const ofTheCaller: ReadonlySet<Failure['code']> = new Set(['stale_fence', 'role_required', 'forbidden', 'unauthenticated', 'mfa_required', 'mfa_enrolment_required', 'rate_limited', 'busy', 'audit_lagging', 'unavailable'])

const stands = (failure: Failure): boolean => ofTheCaller.has(failure.code) || (failure.code === 'step_up_required' && failure.mode === 'recent')
