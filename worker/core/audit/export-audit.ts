import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand, demandExact } from '../rights.ts'
import { sha256Hex } from '../vault/digest.ts'
import { filterQuery, type AuditFilter, type ExportForm } from './contract.ts'
import { exported } from './events.ts'
import { exportTicket } from './export-ticket.ts'
import { chainFilter } from './filter.ts'
import { rights } from './module.ts'

/** How long the file may be fetched after it was asked for, in milliseconds. */
const FETCH_WITHIN_MS = 5 * 60_000

/** A recorded export: the ticket to fetch it with, in this session and within five minutes. */
export type AuditExport = { readonly ticket: string; readonly rows: number; readonly upTo: number }

/**
 * Records that the log is exported, under which filter and with how many rows, and answers a ticket for the file. Ends at a
 * checkpoint made for it. `conflict` for an empty log, and for one that refuses to sign.
 */
export async function exportAudit(ctx: Ctx, filter: AuditFilter, form: ExportForm): Promise<AuditExport> {
  demand(ctx, rights.exportAudit)
  if (ctx.actor.kind !== 'member') throw new Fault({ code: 'forbidden', need: rights.exportAudit.right })
  const log = ctx.tenant.id
  const checkpoint = await ctx.reach.chain.checkpoint(log, ctx.now)
  if (!checkpoint && (await ctx.reach.chain.status(log)).size === 0) throw new Fault({ code: 'conflict', state: 'empty', detail: 'There is nothing in the log yet.' })
  if (!checkpoint) throw new Fault({ code: 'conflict', state: 'not_signed', detail: 'There is no signed checkpoint for an export to end at. The audit page says why.' })
  const upTo = checkpoint.size
  const { actor, name, subject, from, to, text } = chainFilter(filter)
  const rows = await ctx.reach.chain.count(log, chainFilter(filter), upTo)
  await demandExact(ctx, rights.exportAudit, { field: form, row: filterQuery(filter) })
  const searched = text === undefined ? undefined : await sha256Hex(text)
  await ctx.commit([], exported(log, { form, rows, upTo, event: name, actor, subject, kind: filter.kind, from, to, searched }))
  const { sid } = ctx.actor.session
  return { rows, upTo, ticket: await exportTicket(ctx.vault, { sid, form, query: filterQuery(filter), upTo, seq: checkpoint.seq, until: ctx.now + FETCH_WITHIN_MS }) }
}
