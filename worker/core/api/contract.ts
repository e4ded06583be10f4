import { z } from 'zod'

/** What a workspace key may be allowed to do. Each names what it opens; a module adds its own. */
export const scopes = ['members.read', 'documents.read', 'documents.write', 'audit.read'] as const

/** Days a key may live; there is no key without an end. */
export const IssueApiKey = z.strictObject({
  label: z.string().trim().min(1, 'Name the key, so that you know it again.').max(80, 'At most 80 characters.'),
  scopes: z.array(z.enum(scopes)).min(1, 'Choose at least one scope.').max(20),
  days: z.coerce.number().int().min(1, 'At least one day.').max(365, 'At most 365 days.').default(90),
})
export type IssueApiKey = z.output<typeof IssueApiKey>

export const KeyId = z.string().regex(/^key_[0-7][0-9a-hjkmnp-tv-z]{25}$/)

/** A key as a list shows it; never the secret. */
export const ApiKeyView = z.object({
  id: z.string(),
  label: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  state: z.enum(['active', 'revoked', 'expired']),
  createdAt: z.number(),
  expiresAt: z.number(),
  revokedAt: z.number().nullable(),
})
export type ApiKeyView = z.output<typeof ApiKeyView>
