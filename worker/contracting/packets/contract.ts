import { z } from 'zod'

/** What kinds of fields a form has. */
export const fieldKinds = ['text', 'checkbox', 'radio', 'choice', 'signature'] as const
export type FieldKind = (typeof fieldKinds)[number]

/** One field of a PDF form and where it stands: pages from 1, points from the lower left corner of the page. */
export const PdfField = z.object({
  name: z.string(),
  kind: z.enum(fieldKinds),
  /** What the form calls it for people, where it says so. */
  label: z.string().nullable(),
  options: z.array(z.string()),
  multiline: z.boolean(),
  maxLength: z.number().int().nullable(),
  boxes: z.array(z.object({ page: z.number().int(), x: z.number(), y: z.number(), width: z.number(), height: z.number(), option: z.string().nullable() })),
})
export type PdfField = z.output<typeof PdfField>

/** What goes into a field: text, a tick, or the name of an option. */
export type FieldValue = string | boolean

/** Most points of a drawn signature, over all its strokes. */
export const MARK_POINTS = 1500

const Point = z.tuple([z.number().min(0).max(2000), z.number().min(0).max(2000)])

/** A signature as it was given: a name typed, or strokes drawn on a field of this size. */
export const SignatureMark = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('typed'), name: z.string().trim().min(2, 'Type your full name.').max(120, 'At most 120 characters.') }),
  z.strictObject({
    kind: z.literal('drawn'),
    name: z.string().trim().min(2, 'Type your full name.').max(120, 'At most 120 characters.'),
    width: z.number().min(20).max(2000),
    height: z.number().min(20).max(2000),
    strokes: z.array(z.array(Point).min(1)).min(1, 'Draw your signature.').refine((strokes) => strokes.flat().length <= MARK_POINTS, 'Draw it in fewer strokes.'),
  }),
])
export type SignatureMark = z.output<typeof SignatureMark>
