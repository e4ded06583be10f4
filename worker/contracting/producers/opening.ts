import type { RecordedEvent } from '../../core/audit/event.ts'
import type { Ctx } from '../../core/ctx.ts'
import { readMember } from '../../core/tenancy/read-member.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import { insertOpening, whileLinked, type CopyRow, type OpeningRow } from './link-store.ts'
import { copyRead, openingContent } from './module.ts'

/** What is opened, and why. `parts`: the classes, or the documents. */
export type OpeningTerms = { readonly purpose: OpeningRow['purpose']; readonly reason: string; readonly parts: readonly ('contact' | 'content' | 'secret' | 'documents')[] }

/** What an opening adds to the commit of whoever opens: its row, that the link still lasts, and its event. */
export async function openingOf(ctx: Ctx, copy: Pick<CopyRow, 'id' | 'linkId' | 'number'>, { purpose, reason, parts }: OpeningTerms): Promise<{ writes: Write[]; event: RecordedEvent }> {
  const id = ctx.newId('opn')
  const content = await ctx.vault.seal(openingContent, id, { who: await nameOf(ctx), reason })
  const row = { id, side: 'fmo', linkId: copy.linkId, number: copy.number, purpose, parts: parts.join(','), content: content.sealed, sealVersion: content.sealVersion, openedAt: ctx.now } as const
  return {
    writes: [insertOpening(ctx.db, row), whileLinked(ctx.db, copy.linkId)],
    event: copyRead(copy.id, { link: copy.linkId, opening: id, purpose, parts: row.parts, number: copy.number }, { reason }),
  }
}

/** What the tenant calls whoever acts; what no person does, the product did. */
const nameOf = async (ctx: Ctx): Promise<string> => (ctx.actor.kind === 'member' ? (await readMember(ctx, ctx.actor.memberId)).member.name : ctx.actor.kind === 'key' ? 'a program of theirs' : 'Countersign')
