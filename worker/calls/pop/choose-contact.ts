import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import type { Sealed } from '../../core/vault/sealed.ts'
import { amendCall } from '../log/amend-call.ts'
import { liveCalls } from '../log/live-call.ts'
import type { ChooseContact, PopContent } from './contract.ts'
import { handlerOf, openPop } from './list-pops.ts'
import { lookUpChosen, phoneIndex } from './look-up.ts'
import { contactChosen, POP_SALT, popContent } from './module.ts'
import { Pops } from './pops.ts'
import { chooseFor, forgetChoice } from './store.ts'

/**
 * Say which of several contacts a call is with, or that it is none of them. The call is noted under that name, and for a
 * month the number means them, by two keyed hashes. Only of calls shown to oneself, and only of whom the AMS named just now.
 */
export async function chooseContact(ctx: Ctx, callId: string, { contactId }: ChooseContact): Promise<void> {
  const memberId = handlerOf(ctx)
  const pops = new Pops({ reach: ctx.reach, tenantId: ctx.tenant.id })
  const cell = (await pops.shown(memberId, ctx.now)).find((each) => each.callId === callId)
  const live = await liveCalls(ctx, [callId])
  const known = cell && live.has(callId) ? await openPop(ctx, callId, { sealed: cell.sealed as Sealed, sealVersion: cell.sealVersion }) : null // `as`: sealed by popCall
  if (!known) throw new Fault({ code: 'not_found' })
  const contact = known.candidates.find(({ id }) => id === contactId) ?? null
  if (contactId !== null && !contact) throw new Fault({ code: 'not_found' })
  const named = known.ams ?? ''
  const asked = contact && known.phone !== null ? await lookUpChosen(ctx, contact.id, named) : null
  const choice = known.phone === null ? [] : await choiceFor(ctx, { phone: known.phone, mac: asked?.mac ?? null, memberId })
  await amendCall(ctx, callId, () => ({
    set: {},
    content: (content) => ({ ...content, contact: contact && { id: contact.id, name: contact.name, ams: named }, nobody: contact === null }),
    event: contactChosen(callId, { among: known.candidates.length, nobody: contact === null }),
    also: choice,
  }))
  const { policies, notes, trouble } = asked ?? { policies: [], notes: [], trouble: null }
  const content: PopContent = { ...known, policies, notes, trouble, state: contact ? 'one' : 'none', contact, why: contact ? 'chosen' : null }
  await pops.show(callId, await (await ctx.vault.withSalt(POP_SALT, callId)).seal(popContent, callId, content), ctx.now)
}

/** What is remembered for a number; where it was none of them, nothing is. */
async function choiceFor(ctx: Ctx, { phone, mac, memberId }: { phone: string; mac: string | null; memberId: string }): Promise<Write[]> {
  const index = await phoneIndex(ctx, phone)
  return mac === null ? [forgetChoice(ctx.db, index)] : chooseFor(ctx.db, { phoneIndex: index, recordMac: mac, memberId, chosenAt: ctx.now })
}
