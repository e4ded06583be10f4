import type { RecordedEvent } from '../../core/audit/event.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault, isFault } from '../../core/failure.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import type { CallContent } from './contract.ts'
import { callContent } from './module.ts'
import { saltOf } from './note-calls.ts'
import { callById, changeCall, type CallRow } from './store.ts'

/** What is to change of a call. What is sealed of it changes only while it is live. */
export type Amendment = {
  readonly set: Partial<Pick<CallRow, 'matches' | 'poppedAt' | 'disposition'>>
  readonly content?: (known: CallContent) => CallContent
  readonly event: RecordedEvent
  /** Changes elsewhere that belong to it. */
  readonly also?: readonly Write[]
}

/** How often a call is looked at again when its dialler said something meanwhile. */
const TRIES = 8

/**
 * Change a call as it stands now, with its event; looked at again where a message of its dialler's, or its purge, came first.
 * `amend` says what is to change of the call it is shown, null for nothing. `not_found` where there is no such call.
 */
export async function amendCall(ctx: Ctx, id: string, amend: (row: CallRow) => Amendment | null): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const row = await ctx.db.read(callById(ctx.db, id))
    if (!row) throw new Fault({ code: 'not_found' })
    const amendment = amend(row)
    if (!amendment) return
    const { set, content, event, also = [] } = amendment
    try {
      await ctx.commit([changeCall(ctx.db, row, { ...set, ...(content ? await resealed(ctx, row, content) : {}) }), ...also], event)
      return
    } catch (thrown) {
      if (!isFault(thrown) || thrown.failure.code !== 'conflict' || tries >= TRIES) throw thrown
    }
  }
}

async function resealed(ctx: Ctx, row: CallRow, change: (known: CallContent) => CallContent): Promise<Partial<Pick<CallRow, 'content' | 'sealVersion'>>> {
  if (row.state !== 'live' || row.content === null) return {}
  const vault = await saltOf(ctx, row.id)
  const cell = await vault.seal(callContent, row.id, change(await vault.open<CallContent>(callContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })))
  return { content: cell.sealed, sealVersion: cell.sealVersion }
}
