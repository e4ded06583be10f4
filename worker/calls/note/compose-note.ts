import type { Ctx } from '../../core/ctx.ts'
import { memberNames } from '../../core/tenancy/member-names.ts'
import type { CallContent } from '../log/contract.ts'
import { noteText, type NoteParts } from './note-text.ts'

/** What a note needs of the call's row. */
export type CallToNote = NoteParts['call'] & { readonly memberId: string | null }

/** The one note that a call leaves in the AMS: details, summary and transcript together. Made of facts alone where there is no summary. */
export async function composeNote(ctx: Ctx, call: CallToNote, content: CallContent, contact: { readonly name: string } | null): Promise<{ subject: string; text: string }> {
  const member = call.memberId === null ? null : ((await memberNames(ctx, [call.memberId])).get(call.memberId) ?? null)
  return noteText({ call, member, contact: contact?.name ?? null, phone: content.phone, transcript: content.transcript, text: content.text, summary: null })
}
