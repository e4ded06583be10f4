import type { RecordedEvent } from '../../core/audit/event.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import { carrierOf } from '../carriers/enter-carrier.ts'
import type { ApplicationAnswer, ApplicationView, WritingNumber } from './contract.ts'
import { applicationAnswered, writingNumberContent, writingNumbersGiven } from './module.ts'
import { step } from './request-steps.ts'
import { applicationById, insertWritingNumber, type RequestRow } from './store.ts'
import { applicationView } from './views.ts'

/** What the asking carrier makes of an application. An appointment and its numbers are one change. */
export async function answerApplication(ctx: Ctx, id: string, answer: ApplicationAnswer): Promise<ApplicationView> {
  const carrier = carrierOf(ctx)
  const row = await applicationOf(ctx, id)
  const reason = 'reason' in answer ? answer.reason : undefined
  const writes = await step(ctx, row, { to: answer.status, by: 'carrier', reason })
  const given = answer.status === 'appointed' ? await numbersGiven(ctx, row, answer.writingNumbers) : null
  await ctx.commit([...writes, ...(given?.writes ?? [])], [applicationAnswered(id, { carrier, link: row.linkId, status: answer.status, from: row.state }), ...(given ? [given.event] : [])])
  return applicationView({ ...row, state: answer.status, stateAt: ctx.now })
}

/** One more number for an appointment that stands. */
export async function addWritingNumber(ctx: Ctx, id: string, number: WritingNumber): Promise<ApplicationView> {
  const row = await applicationOf(ctx, id)
  if (row.state !== 'appointed') throw new Fault({ code: 'conflict', state: `application_${row.state}`, detail: 'A writing number belongs to an appointment. Answer with “appointed” first, and bring its numbers along.' })
  const { writes, event } = await numbersGiven(ctx, row, [number])
  await ctx.commit(writes, event)
  return applicationView(row)
}

/** An application as it stands, for whoever answered it and did not hear so. */
export const answeredApplication = async (ctx: Ctx, id: string): Promise<ApplicationView> => applicationView(await applicationOf(ctx, id))

async function numbersGiven(ctx: Ctx, row: RequestRow, numbers: readonly WritingNumber[]): Promise<{ writes: Write[]; event: RecordedEvent }> {
  const writes = await Promise.all(
    numbers.map(async ({ number, states }) => {
      const id = ctx.newId('wrn')
      const cell = await ctx.vault.seal(writingNumberContent, id, { number })
      return insertWritingNumber(ctx.db, { id, requestId: row.id, states: states.toSorted().join(' '), content: cell.sealed, sealVersion: cell.sealVersion, at: ctx.now })
    }),
  )
  return { writes, event: writingNumbersGiven(row.id, { carrier: row.carrierId, request: row.id, numbers: numbers.length }) }
}

async function applicationOf(ctx: Ctx, id: string): Promise<RequestRow> {
  const row = await ctx.db.read(applicationById(ctx.db, carrierOf(ctx), id))
  if (!row) throw new Fault({ code: 'not_found' })
  return row
}
