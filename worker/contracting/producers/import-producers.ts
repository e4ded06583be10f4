import Papa from 'papaparse'
import { csvRecord } from '../../core/audit/csv.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault, isFault } from '../../core/failure.ts'
import { countAgainst } from '../../core/limits/limiter.ts'
import { normaliseEmail } from '../../core/vault/blind-index.ts'
import { IMPORT_ROWS, InviteProducer, type ImportProducers, type ImportView } from './contract.ts'
import { demandAsFmo } from './demand-side.ts'
import { openProducerInvitations } from './invitation-store.ts'
import { offerTo, producerEmailIndex } from './invite-producer.ts'
import { invitationSent, limits, rights } from './module.ts'

/** Rows of one batch: each takes three statements, and D1 a thousand from one invocation. */
const AT_ONCE = 50

type Line = { line: number; name: string; email: string; emailIndex: string; problem: string | null }

/**
 * Invite everybody in a CSV file with a head of `name,email`. A dry run says of each line what would come of it and sends
 * nothing. Good lines are invited, the others come back as a file with the reason beside them, to be mended and sent again.
 * A line whose address has an open invitation, or stood further up, is refused, so that the same file sent twice invites nobody twice.
 */
export async function importProducers(ctx: Ctx, { csv, dryRun }: ImportProducers): Promise<ImportView> {
  demandAsFmo(ctx, rights.invite)
  const lines = await checked(ctx, readLines(csv))
  const good = lines.filter(({ problem }) => problem === null)
  if (!dryRun) for (let at = 0; at < good.length; at += AT_ONCE) await invite(ctx, good.slice(at, at + AT_ONCE))
  const refused = lines.filter(({ problem }) => problem !== null)
  return {
    dryRun,
    accepted: lines.length - refused.length,
    refused: refused.length,
    rows: lines.map(({ line, name, email, problem }) => ({ line, name, email, problem })),
    errors: refused.length > 0 ? csvRecord(['name', 'email', 'problem']) + refused.map(({ name, email, problem }) => csvRecord([name, email, problem])).join('') : null,
  }
}

function readLines(csv: string): Omit<Line, 'emailIndex'>[] {
  const { data, meta } = Papa.parse<Record<string, string | undefined>>(csv.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: 'greedy', transformHeader: (head) => head.trim().toLowerCase().replace(/^e-?mail.*$/, 'email') })
  if (!['name', 'email'].every((column) => meta.fields?.includes(column))) throw refusedFile('The first line must name the columns: name,email')
  if (data.length === 0) throw refusedFile('There is no line below the first one.')
  if (data.length > IMPORT_ROWS) throw refusedFile(`At most ${IMPORT_ROWS} lines at a time; this file has ${data.length}.`)
  return data.map((row, index) => {
    const typed = { name: row['name'] ?? '', email: row['email'] ?? '' }
    const parsed = InviteProducer.safeParse(typed)
    return { line: index + 2, ...(parsed.success ? parsed.data : typed), problem: parsed.success ? null : (parsed.error.issues[0]?.message ?? 'This line cannot be read.') }
  })
}

/** Problems that only the whole file and the rows here can show. */
async function checked(ctx: Ctx, lines: Omit<Line, 'emailIndex'>[]): Promise<Line[]> {
  const indexed = await Promise.all(lines.map(async (line) => ({ ...line, emailIndex: await producerEmailIndex(ctx, line.email) })))
  const open = new Set((await ctx.db.readAll(openProducerInvitations(ctx.db, indexed.map(({ emailIndex }) => emailIndex), ctx.now))).flat())
  const seen = new Set<string>()
  return indexed.map((line) => {
    const address = normaliseEmail(line.email)
    const again = seen.has(address)
    if (line.problem === null) seen.add(address)
    if (line.problem !== null) return line
    if (again) return { ...line, problem: 'This address stands further up.' }
    return open.has(line.emailIndex) ? { ...line, problem: 'This address has an open invitation.' } : line
  })
}

/** One batch, whole or not at all; where somebody invited one of them at this moment, the file is to be sent again. */
async function invite(ctx: Ctx, lines: readonly Line[]): Promise<void> {
  for (const _ of lines) {
    const { allowed, limit } = await countAgainst(ctx, limits.invitations, ctx.tenant.id)
    if (!allowed) throw new Fault({ code: 'rate_limited', retryAfterS: limit.resetS, limit })
  }
  const offers = await Promise.all(lines.map((line) => offerTo(ctx, line, line.emailIndex)))
  const [first, ...others] = offers.map(({ id }) => invitationSent(id, {}))
  if (!first) return
  try {
    await ctx.commit(offers.flatMap(({ writes }) => writes), [first, ...others])
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'conflict' && thrown.failure.state === 'exists') throw new Fault({ code: 'conflict', state: 'invited_meanwhile', detail: 'Somebody invited one of these a moment ago. Send the file again: whoever is invited already is passed over.' })
    throw thrown
  }
}

const refusedFile = (detail: string): Fault => new Fault({ code: 'invalid', errors: [{ pointer: '/csv', detail }] })

/** What a repeat of an import hears whose first answer was lost: that it was done. The lines themselves are kept nowhere. */
export async function importedProducers(ctx: Ctx): Promise<ImportView> {
  demandAsFmo(ctx, rights.invite)
  return { dryRun: false, accepted: 0, refused: 0, rows: [], errors: null }
}
