import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { carrierOf } from '../carriers/enter-carrier.ts'
import type { ApplicantSnapshot, ApplicationDetail } from './contract.ts'
import { applicationRead, stateContent, transmissionContent } from './module.ts'
import { isShared } from './policy.ts'
import { numbersOf } from './read-request.ts'
import { applicationById, documentsOfRequest, statesOfRequest, transmissionsOf, writingNumbersOf, type StateRow } from './store.ts'
import { applicationView } from './views.ts'

/** The kind of salt that a transmission's snapshot stands under: destroying it leaves nothing that could be read. */
export const APPLICATION_SALT = 'application'

/**
 * One application of the asking carrier's: what was handed over last, as it was then. Another carrier's, one that was not
 * handed over, and one that is nowhere are all the same to it. The reading stands in the log before it is answered.
 */
export async function readApplication(ctx: Ctx, id: string): Promise<ApplicationDetail> {
  const carrierId = carrierOf(ctx)
  const [row, sent, documents, states, numbers] = await ctx.db.readAll([applicationById(ctx.db, carrierId, id), transmissionsOf(ctx.db, id), documentsOfRequest(ctx.db, id), statesOfRequest(ctx.db, id), writingNumbersOf(ctx.db, id)])
  const [newest] = sent
  if (!row || !newest) throw new Fault({ code: 'not_found' })
  const vault = await ctx.vault.withSalt(APPLICATION_SALT, newest.id)
  const applicant = await vault.open<ApplicantSnapshot>(transmissionContent, newest.id, { sealed: newest.content, sealVersion: newest.sealVersion })
  const detail = {
    ...applicationView(row),
    applicant,
    transmission: { id: newest.id, at: newest.at, receipt: newest.receipt },
    documents: documents.filter(({ transmissionId }) => transmissionId === newest.id).map(({ id: document, sha256 }) => ({ id: document, sha256 })),
    writingNumbers: await numbersOf(ctx, numbers),
    timeline: await sharedTimeline(ctx, states),
  }
  await ctx.commit([], applicationRead(id, { carrier: carrierId, transmission: newest.id }))
  return detail
}

/** What the carrier knows of a timeline: nothing that was done before it was handed over. */
async function sharedTimeline(ctx: Ctx, states: readonly StateRow[]): Promise<ApplicationDetail['timeline']> {
  const first = states.findIndex(({ state }) => state === 'transmitted')
  const shared = states.slice(Math.max(0, first)).flatMap((row) => (isShared(row.state) ? [{ ...row, status: row.state }] : []))
  return Promise.all(
    shared.map(async ({ id, status, at, content, sealVersion }) => ({ status, at, reason: content === null ? null : (await ctx.vault.open<{ reason: string }>(stateContent, id, { sealed: content, sealVersion })).reason })),
  )
}
