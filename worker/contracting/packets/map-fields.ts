import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { MapFields, PacketFormView } from './contract.ts'
import { packetMapped, rights } from './module.ts'
import { formColumns, openForm } from './packet-form.ts'
import { problemOf, remapped } from './policy.ts'
import { readPacket } from './read-packet.ts'
import { changeDraft, insertVersion, newestVersion, packetById } from './store.ts'

/**
 * Say how some fields of a packet are filled. `edition` is the draft as it was seen: whoever saw another one is told to look again. A published
 * version never changes; mapping one begins the next draft.
 */
export async function mapFields(ctx: Ctx, packetId: string, edition: number, input: MapFields): Promise<PacketFormView> {
  demand(ctx, rights.writePackets)
  const [packet, newest] = await ctx.db.readAll([packetById(ctx.db, packetId), newestVersion(ctx.db, packetId)])
  if (!packet || !newest) throw new Fault({ code: 'not_found' })
  if (newest.edition !== edition) throw new Fault({ code: 'precondition_failed' })
  const form = await openForm(ctx, newest)
  const errors = input.rules.flatMap((rule) => {
    const detail = problemOf(rule, form)
    return detail === null ? [] : [{ pointer: `/fields/${rule.part}/${rule.field}`, detail }]
  })
  if (errors.length > 0) throw new Fault({ code: 'invalid', errors: errors.slice(0, 20) })

  const next = { ...form, mapping: remapped(form.mapping, input) }
  const isDraft = newest.state === 'draft'
  const id = isDraft ? newest.id : ctx.newId('pkv')
  const number = isDraft ? newest.number : newest.number + 1
  const columns = await formColumns(ctx, id, next)
  const write = isDraft ? changeDraft(ctx.db, newest, columns) : insertVersion(ctx.db, { ...columns, id, packetId, number, state: 'draft', edition: newest.edition + 1, createdBy: ctx.eventActor.id, createdAt: ctx.now, publishedAt: null })
  await ctx.commit([write], packetMapped(packetId, { version: id, number, rules: next.mapping.length, digest: columns.digest }))
  return readPacket(ctx, packetId)
}
