import { z } from 'zod'
import { CallView, Disposition } from '../log/contract.ts'

/** Why a contact was taken without asking. */
export const matchReasons = ['only', 'remembered', 'household', 'chosen'] as const
export type MatchReason = (typeof matchReasons)[number]

export const PopContact = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['client', 'prospect', 'other']),
  household: z.string().nullable(),
  url: z.string().nullable(),
})
export type PopContact = z.output<typeof PopContact>

/** What came of asking whom a number belongs to. */
export const decisions = ['looking', 'unasked', 'none', 'one', 'several', 'trouble'] as const

/**
 * What is shown of a call that rings. `looking`: the AMS has not answered yet. `unasked`: no number came, or no AMS is
 * connected. `trouble`: the AMS gave no answer, in a word of ours.
 */
export const PopContent = z.object({
  phone: z.string().nullable(),
  /** The connection by which the AMS was asked; an id of its records means another one elsewhere. */
  ams: z.string().nullable(),
  state: z.enum(decisions),
  trouble: z.string().nullable(),
  contact: PopContact.nullable(),
  why: z.enum(matchReasons).nullable(),
  candidates: z.array(PopContact),
  policies: z.array(z.object({ number: z.string(), line: z.string(), carrier: z.string(), status: z.string(), expires: z.string().nullable() })),
  notes: z.array(z.object({ at: z.number(), text: z.string() })),
})
export type PopContent = z.output<typeof PopContent>

/** A call that rings, or rang a moment ago, on its handler's page until `until`. */
export const PopView = z.object({ call: CallView, until: z.number(), content: PopContent })
export type PopView = z.output<typeof PopView>

/** Which of several contacts was meant; null: none of them. */
export const ChooseContact = z.strictObject({ contactId: z.string().min(1).max(200).nullable() })
export type ChooseContact = z.output<typeof ChooseContact>

export const DisposeCall = z.strictObject({ disposition: Disposition })
export type DisposeCall = z.output<typeof DisposeCall>
