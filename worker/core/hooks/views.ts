import type { ConnectionView } from './contract.ts'
import type { ConnectionRow } from './store.ts'

/** A connection as it leaves: field by field, without its secret. */
export const connectionView = (row: ConnectionRow, now: number): ConnectionView => ({
  id: row.id,
  sender: row.sender,
  label: row.label,
  state: row.revokedAt === null ? 'active' : 'revoked',
  createdAt: row.createdAt,
  secretAt: row.secretAt,
  previousUntil: row.previousUntil !== null && row.previousUntil > now ? row.previousUntil : null,
  revokedAt: row.revokedAt,
})
