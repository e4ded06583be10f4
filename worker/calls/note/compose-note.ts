import { askAssistant } from '../../core/ai/ask-assistant.ts'
import type { Ctx } from '../../core/ctx.ts'
import { memberNames } from '../../core/tenancy/member-names.ts'
import type { CallContent } from '../log/contract.ts'
import { noteText, type NoteParts } from './note-text.ts'

/** What a note needs of the call's row. */
export type CallToNote = NoteParts['call'] & { readonly memberId: string | null }

/**
 * The one note that a call leaves in the AMS: details, summary and transcript together. Made of facts alone where nothing was
 * said, no assistant is on, or it fails or is late: no note waits for a model.
 */
export async function composeNote(ctx: Ctx, call: CallToNote, content: Pick<CallContent, 'phone' | 'transcript' | 'text'>, contact: { readonly name: string } | null): Promise<{ subject: string; text: string }> {
  const member = call.memberId === null ? null : ((await memberNames(ctx, [call.memberId])).get(call.memberId) ?? null)
  const { phone, transcript, text } = content
  const known = [contact?.name, member].filter((name) => name !== null && name !== undefined)
  const summary = transcript === null || transcript.trim() === '' ? null : await askAssistant(ctx, call.id, { transcript, known })
  return noteText({ call, member, contact: contact?.name ?? null, phone, transcript, text, summary })
}
