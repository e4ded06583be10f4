import { csvRecord } from '../../core/audit/csv.ts'
import type { Ctx } from '../../core/ctx.ts'
import { demandAsFmo } from './demand-side.ts'
import { copiesOfPage, linkPage, type CopyFigures, type LinkRow } from './link-store.ts'
import { rights, rosterExported } from './module.ts'
import { producerViews } from './views.ts'

/** Rows of one look, and the most that one file holds. */
const AT_ONCE = 100
const MOST = 5000

const head = ['name', 'email', 'npn', 'kind', 'passport_version', 'submitted', 'cover_until', 'aml', 'linked_since']
const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** The linked producers as a file, of what the list shows; nothing of a passport is opened for it. Taking it out is an event. */
export async function exportRoster(ctx: Ctx): Promise<string> {
  demandAsFmo(ctx, rights.exportRoster)
  const records: string[] = []
  for (let after: { at: number; id: string } | null = null; records.length < MOST; ) {
    const [rows, copies]: readonly [readonly LinkRow[], readonly CopyFigures[]] = await ctx.db.readAll([linkPage(ctx.db, 'fmo', 'active', after, AT_ONCE), copiesOfPage(ctx.db, 'active', after, AT_ONCE)])
    const shown = rows.slice(0, AT_ONCE)
    for (const { name, email, startedAt, passport } of await producerViews(ctx, shown, copies))
      records.push(csvRecord([name, email, passport?.npn ?? '', passport?.kind ?? '', passport?.number ?? '', passport ? day(passport.submittedAt) : '', passport?.coverExpiresOn ?? '', passport?.amlOn ?? '', day(startedAt)]))
    const last = shown.at(-1)
    if (rows.length <= AT_ONCE || !last) break
    after = { at: last.startedAt, id: last.id }
  }
  await ctx.commit([], rosterExported(ctx.tenant.id, { rows: records.length }))
  return csvRecord(head) + records.join('')
}

/** Whether somebody may take the file out; asks for the proof that it needs. */
export async function readExporting(ctx: Ctx): Promise<void> {
  demandAsFmo(ctx, rights.exportRoster)
}
