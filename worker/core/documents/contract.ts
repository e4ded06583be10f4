import { z } from 'zod'

/** The largest document: 25 MB, as people count them. */
export const MAX_BYTES = 25_000_000

/**
 * What a document may be filed under (IFD-28). There is no category for medical records, and one that is asked for is
 * refused like any other unknown word (IFD-27).
 */
export const categories = {
  identification: 'Identification',
  signed_application: 'Signed application',
  beneficiary: 'Beneficiary designation',
  premium: 'Premium or billing',
  policy_details: 'Policy details',
  carrier: 'Carrier correspondence',
  licence: 'Licence or appointment',
  agreement: 'Agreement',
  other: 'Other',
} as const
export type Category = keyof typeof categories
export const Category = z.enum(Object.keys(categories) as [Category, ...Category[]], 'Choose one of the categories offered.') // `as`: the keys of a const object

/** What may be uploaded: found in the bytes, agreed with by the name's ending. Nothing here runs when it is opened. */
export const fileKinds = {
  pdf: { label: 'PDF', mediaType: 'application/pdf', endings: ['pdf'] },
  png: { label: 'PNG image', mediaType: 'image/png', endings: ['png'] },
  jpeg: { label: 'JPEG image', mediaType: 'image/jpeg', endings: ['jpg', 'jpeg'] },
  webp: { label: 'WebP image', mediaType: 'image/webp', endings: ['webp'] },
  heic: { label: 'HEIC image', mediaType: 'image/heic', endings: ['heic', 'heif'] },
  tiff: { label: 'TIFF image', mediaType: 'image/tiff', endings: ['tif', 'tiff'] },
  docx: { label: 'Word document', mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', endings: ['docx'] },
  xlsx: { label: 'Excel workbook', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'] },
  csv: { label: 'CSV table', mediaType: 'text/csv', endings: ['csv'] },
  text: { label: 'Plain text', mediaType: 'text/plain', endings: ['txt'] },
} as const satisfies Record<string, { label: string; mediaType: string; endings: readonly string[] }>
export type FileKind = keyof typeof fileKinds

/** For a file input's `accept`: a hint to the picker, no check. */
export const acceptedEndings = Object.values(fileKinds).flatMap(({ endings }) => endings.map((ending) => `.${ending}`)).join(',')

/** The notice beside every file input (IFD-26). A new wording is a new version, kept with each acknowledgement. */
export const phiNotice = {
  version: 1,
  title: 'No health information here',
  text: 'Do not upload medical records or other protected health information (PHI). This system is not a HIPAA business associate for documents. Identification, signed applications, beneficiaries, premiums, policy details and carrier letters are fine.',
  acknowledgement: 'This file holds no protected health information.',
} as const

const phiAck = z.boolean().optional().describe('True once the person or program that uploads has made sure that the file holds no protected health information. Required unless the tenant’s policy says otherwise.')

/** A file's own name: what stands after the last slash, without control characters. */
export const DocumentName = z
  .string()
  .trim()
  .min(1, 'Give the document a name.')
  .max(200, 'At most 200 characters.')
  .refine((name) => !/[\p{Cc}\p{Zl}\p{Zp}/\\]/u.test(name) && !/^\.+$/.test(name), 'A file name without slashes or control characters.')

export const CreateDocument = z.strictObject({ name: DocumentName, category: Category, phi_ack: phiAck })
export type CreateDocument = z.output<typeof CreateDocument>

export const DocumentId = z.string().regex(/^doc_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a document.')

export const documentStates = ['awaiting', 'stored', 'trashed'] as const

export const DocumentFilter = z.strictObject({
  state: z.enum(['stored', 'trashed']).default('stored'),
  category: Category.optional(),
})
export type DocumentFilter = z.output<typeof DocumentFilter>

/** A document as it leaves. Times in epoch milliseconds, size in bytes. */
export const DocumentView = z.object({
  id: z.string(),
  name: z.string(),
  category: Category,
  state: z.enum(documentStates),
  kind: z.string().nullable(),
  mediaType: z.string().nullable(),
  size: z.number().int().nullable(),
  sha256: z.string().nullable().describe('SHA-256 of the bytes, hex. Told for a single document only.'),
  createdBy: z.string(),
  createdAt: z.number(),
  phiAcknowledgedAt: z.number().nullable(),
  trashedAt: z.number().nullable(),
  purgedAt: z.number().nullable().describe('When the trash is emptied of it.'),
})
export type DocumentView = z.output<typeof DocumentView>

/** A download address for one session or key only. */
export const LinkView = z.object({ url: z.string(), expiresAt: z.number() })
export type LinkView = z.output<typeof LinkView>
