import type { Ctx } from '../../core/ctx.ts'
import type { AmsContact, AmsDetails } from '../ams/port.ts'
import { withAms } from '../ams/with-ams.ts'
import type { PopContact, PopContent } from './contract.ts'
import { CHOICE_MS, CHOICE_PHONE, CHOICE_RECORD } from './module.ts'
import { decideMatch, type Decision } from './policy.ts'
import { choiceFor } from './store.ts'

/** What came of asking the AMS whom a number belongs to; `matches` is null where it gave no answer. */
export type Found = Omit<PopContent, 'phone'> & { readonly matches: number | null }

/** What a screen shows of a contact at most. */
const MOST = { candidates: 12, policies: 12, notes: 3, noteChars: 400 }

/** Nothing was asked, or nothing is known yet. */
export const nothingFound = (state: 'looking' | 'unasked'): Found => ({ ams: null, state, trouble: null, contact: null, why: null, candidates: [], policies: [], notes: [], matches: null })

/**
 * Ask the AMS whom a number belongs to, live: credentials are opened for this one question, and nothing of the answer is kept
 * here. Who was chosen for the number in the last month counts first. Policies and last notes come along where it is plain who calls.
 */
export async function lookUp(ctx: Ctx, phone: string | null): Promise<Found> {
  if (phone === null) return nothingFound('unasked')
  const found = await withAms(ctx, 'look_up', async (ams, connection): Promise<Found> => {
    const nothing = { ...nothingFound('unasked'), ams: connection.id }
    const answer = await ams.findByPhone(phone)
    if (!answer.ok) return { ...nothing, state: 'trouble', trouble: answer.trouble }
    const decision = await decide(ctx, phone, connection.id, answer.value)
    const matches = new Set(answer.value.map(({ id }) => id)).size
    if (decision.state === 'none') return { ...nothing, state: 'none', matches }
    if (decision.state === 'several') return { ...nothing, state: 'several', candidates: decision.ranked.slice(0, MOST.candidates).map(shownOf), matches }
    const details = await ams.details(decision.contact.id)
    return { ...nothing, state: 'one', contact: shownOf(decision.contact), why: decision.why, ...(details.ok ? shownDetails(details.value) : { trouble: details.trouble }), matches }
  })
  return found ?? nothingFound('unasked')
}

/** Whom a number means of those whom an AMS found for it: one rule while it rings and when its note leaves. */
export async function decide(ctx: Ctx, phone: string, connectionId: string, found: readonly AmsContact[]): Promise<Decision> {
  const remembered = await rememberedOf(ctx, phone, connectionId, found)
  return decideMatch(found, phone, ({ id }) => id === remembered)
}

/** Policies and last notes of a contact that was chosen, live, and by what its record is known again. Null where the AMS that named it is connected no more. */
export const lookUpChosen = (ctx: Ctx, contactId: string, named: string): Promise<(Pick<PopContent, 'policies' | 'notes' | 'trouble'> & { readonly mac: string }) | null> =>
  withAms(ctx, 'look_up', async (ams, connection) => {
    if (connection.id !== named) return null
    const [details, mac] = await Promise.all([ams.details(contactId), recordMac(ctx, connection.id, contactId)])
    return { ...(details.ok ? { trouble: null, ...shownDetails(details.value) } : { trouble: details.trouble, policies: [], notes: [] }), mac }
  })

export const phoneIndex = (ctx: Ctx, phone: string): Promise<string> => ctx.vault.index(CHOICE_PHONE, phone)

/** Which record of which AMS: told from it is nothing, and another connection's record of the same name is another one. */
const recordMac = (ctx: Ctx, connectionId: string, contactId: string): Promise<string> => ctx.vault.index(CHOICE_RECORD, `${connectionId} ${contactId}`)

async function rememberedOf(ctx: Ctx, phone: string, connectionId: string, found: readonly AmsContact[]): Promise<string | null> {
  if (found.length < 2) return null
  const choice = await ctx.db.read(choiceFor(ctx.db, await phoneIndex(ctx, phone), ctx.now - CHOICE_MS))
  if (!choice) return null
  const macs = await Promise.all(found.map(async ({ id }) => [id, await recordMac(ctx, connectionId, id)] as const))
  return macs.find(([, mac]) => mac === choice.recordMac)?.[0] ?? null
}

const shownOf = ({ id, name, kind, household, url }: AmsContact): PopContact => ({ id, name, kind, household, url })

const shownDetails = ({ policies, notes }: AmsDetails): Pick<PopContent, 'policies' | 'notes'> => ({
  policies: policies.slice(0, MOST.policies).map(({ number, line, carrier, status, expires }) => ({ number, line, carrier, status, expires })),
  notes: notes.toSorted((one, other) => other.at - one.at).slice(0, MOST.notes).map(({ at, text }) => ({ at, text: text.slice(0, MOST.noteChars) })),
})
