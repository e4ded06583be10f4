import type { InferSelectModel } from 'drizzle-orm'
import type { apiKeys } from '../../../db/schema/api.ts'
import type { ApiKeyView } from './contract.ts'

/** A key as it leaves: field by field, without its hash. */
export const apiKeyView = (row: InferSelectModel<typeof apiKeys>, now: number): ApiKeyView => ({
  id: row.id,
  label: row.label,
  prefix: row.prefix,
  scopes: row.scopes.split(' '),
  state: row.revokedAt !== null ? 'revoked' : row.expiresAt <= now ? 'expired' : 'active',
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
  revokedAt: row.revokedAt,
})
