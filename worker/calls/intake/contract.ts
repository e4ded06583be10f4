import { z } from 'zod'
import { ConnectionLabel, GivenSecret } from '../../core/hooks/contract.ts'
import { MemberId } from '../../core/tenancy/contract.ts'

/** The diallers whose webhooks are understood. `generic` signs with a plain HMAC, `standard` as Standard Webhooks asks. */
export const providers = ['dialpad', 'ringcentral', 'vonage', 'generic', 'standard'] as const
export const ProviderName = z.enum(providers)
export type ProviderName = z.output<typeof ProviderName>

/** How the diallers are called. */
export const providerNames: Readonly<Record<ProviderName, string>> = { dialpad: 'Dialpad', ringcentral: 'RingCentral', vonage: 'Vonage', generic: 'Any dialler (HMAC)', standard: 'Any dialler (Standard Webhooks)' }

export const HandlerId = z.string().regex(/^chd_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a handler.')

/** `secret` only where the dialler itself makes one. */
export const ConnectProvider = z.strictObject({ provider: ProviderName, label: ConnectionLabel, secret: GivenSecret.optional() })
export type ConnectProvider = z.output<typeof ConnectProvider>

export const RotateProvider = z.strictObject({ secret: GivenSecret.optional() })
export type RotateProvider = z.output<typeof RotateProvider>

/** Who a dialler means by a word of its own: an extension, a user id, an e-mail address. */
export const MapHandler = z.strictObject({ word: z.string().trim().min(1, 'Give the extension, user id or e-mail address that the dialler sends.').max(200, 'At most 200 characters.'), memberId: MemberId })
export type MapHandler = z.output<typeof MapHandler>

export const HandlerView = z.object({ id: z.string(), connectionId: z.string(), word: z.string(), memberId: z.string(), createdAt: z.number() })
export type HandlerView = z.output<typeof HandlerView>

export const TestOutcome = z.object({ accepted: z.boolean(), verdict: z.string() })
