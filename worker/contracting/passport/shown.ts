import { z } from 'zod'
import { Appointment, Licence, PassportContact, PassportContent, passportParts, PassportSummary, type PassportPart } from './contract.ts'

/** Shapes of what leaves. A secret leaves as a mask; its id is good for asking about it and for nothing else. */

export const PassportState = z.enum(['none', 'draft', 'submitted', 'updated']).describe('`draft` until the first submission, `updated` from the second on; `none` before anything was saved.')

const Masked = z.object({ id: z.string(), shown: z.string().describe('The last four digits behind dots; of an EIN that it is there.') }).nullable()

export const LicenceView = z.object({ id: z.string(), ...Licence.shape, lapsed: z.boolean().describe('Past its expiry.'), savedN: z.number().int() })
export type LicenceView = z.output<typeof LicenceView>
export const AppointmentView = z.object({ id: z.string(), ...Appointment.shape, savedN: z.number().int() })
export type AppointmentView = z.output<typeof AppointmentView>

export const ListedVersionView = z.object({ id: z.string(), number: z.number().int(), state: z.enum(['draft', 'submitted']), startedAt: z.number(), savedAt: z.number(), submittedAt: z.number().nullable() })
export type ListedVersionView = z.output<typeof ListedVersionView>

export const VersionView = z.object({
  ...ListedVersionView.shape,
  summary: PassportSummary,
  secrets: z.object({ ssn: Masked, ein: Masked, routing: Masked, account: Masked }),
  contact: PassportContact,
  /** Of a submitted version with its licences and appointments; those of a draft stand beside it. */
  content: PassportContent,
})
export type VersionView = z.output<typeof VersionView>

const PassportPartName = z.enum(Object.keys(passportParts) as [PassportPart, ...PassportPart[]]) // `as`: the keys of a const object
export const PassportView = z.object({
  id: z.string().nullable(),
  state: PassportState,
  tag: z.string().describe('Send it back with a change, so that two people never overwrite each other.'),
  version: VersionView.nullable(),
  licences: z.array(LicenceView),
  appointments: z.array(AppointmentView),
  missing: z.array(PassportPartName).describe('What no carrier could be sent yet.'),
  missingToSubmit: z.array(PassportPartName),
  may: z.object({ write: z.boolean(), submit: z.boolean(), reveal: z.boolean() }),
})
export type PassportView = z.output<typeof PassportView>
