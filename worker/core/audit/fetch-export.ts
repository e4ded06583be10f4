import type { EntryFilter } from '../../../durable-objects/audit-words.ts'
import { footerLine, headerLine, leafLine } from '../../../durable-objects/chain-export.ts'
import { fromHex, type ChainEntry } from '../../../durable-objects/chain-link.ts'
import { originOf } from '../../../durable-objects/chain-note.ts'
import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { AuditFilter } from './contract.ts'
import { csvRecord } from './csv.ts'
import { readTicket, type Ticket } from './export-ticket.ts'
import { chainFilter } from './filter.ts'
import { rights } from './module.ts'

/** A file on its way out, made while it is read. */
export type AuditFile = { readonly name: string; readonly type: string; readonly body: ReadableStream<Uint8Array> }

const COLUMNS = ['number', 'time', 'sealed', 'event', 'subject', 'actor_kind', 'actor_id', 'actor_role', 'meta', 'hash'] as const

/**
 * The file of an export that was recorded before. The ticket alone opens nothing: the session it was given to must bring it,
 * and must still hold the right. `gone` after five minutes.
 */
export async function fetchExport(ctx: Ctx, text: string): Promise<AuditFile> {
  demand(ctx, rights.exportAudit)
  const ticket = await readTicket(ctx.vault, text)
  if (!ticket || ctx.actor.kind !== 'member' || ctx.actor.session.sid !== ticket.sid) throw new Fault({ code: 'not_found' })
  await ctx.db.readAll([]) // the fence: a role taken away a moment ago fetches nothing
  if (ticket.until < ctx.now) throw new Fault({ code: 'gone', detail: 'This export was asked for more than five minutes ago. Ask for it again.' })
  const filter = chainFilter(AuditFilter.parse(Object.fromEntries(new URLSearchParams(ticket.query))))
  const name = `audit-${ctx.tenant.id}-${ticket.upTo}.${ticket.form}`
  const pieces = ticket.form === 'csv' ? csvPieces(ctx, filter, ticket) : await ndjsonPieces(ctx, filter, ticket)
  return { name, type: ticket.form === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson', body: streamOf(pieces) }
}

/** Entries that fit the filter, for people and for a SIEM (CLN-44). */
async function* csvPieces(ctx: Ctx, filter: EntryFilter, { upTo }: Ticket): AsyncGenerator<string> {
  yield csvRecord(COLUMNS)
  for await (const rows of runs(ctx, filter, upTo)) {
    yield rows.map(({ n, line, hash, sealedAt }) => (line === null ? '' : csvRecord(fieldsOf(n, JSON.parse(line) as ChainEntry, hash, sealedAt ?? 0)))).join('') // `as`: a canonical entry
  }
}

function fieldsOf(n: number, { at, name, subject, actor, meta }: ChainEntry, hash: string, sealedAt: number): (string | number | null)[] {
  return [n, new Date(at).toISOString(), new Date(sealedAt).toISOString(), name, subject, actor.kind, actor.id, actor.role, JSON.stringify(meta), hash]
}

/** The whole log up to the checkpoint, what the filter leaves out as bare hashes: for `verify-audit` and the trust page. */
async function ndjsonPieces(ctx: Ctx, filter: EntryFilter, { upTo, seq, query }: Ticket): Promise<AsyncGenerator<string>> {
  const [checkpoint] = await ctx.reach.chain.checkpointsAfter(ctx.tenant.id, seq - 1)
  if (checkpoint?.size !== upTo) throw new Fault({ code: 'not_found' })
  const origin = originOf(new URL(ctx.reach.env.ORIGIN).host, ctx.tenant.id)
  const header = headerLine({ origin, tenant: ctx.tenant.id, size: upTo, filter: query === '' ? null : query, exportedAt: ctx.now })
  return (async function* () {
    yield `${header}\n`
    for await (const rows of runs(ctx, filter, upTo)) yield rows.map(({ n, line, hash }) => `${line ?? leafLine(n, fromHex(hash))}\n`).join('')
    yield `${footerLine(checkpoint.note)}\n`
  })()
}

async function* runs(ctx: Ctx, filter: EntryFilter, upTo: number) {
  for (let from: number | null = 1; from !== null; ) {
    const run = await ctx.reach.chain.exportRun(ctx.tenant.id, filter, from, upTo)
    yield run.rows
    from = run.next
  }
}

/** Made a piece at a time, as fast as it is read: an export of any size needs no more memory than one run of entries. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await pieces.return(undefined)),
  })
}
