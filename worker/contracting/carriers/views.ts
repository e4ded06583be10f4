import type { KeyRow } from '../../core/api/make-key.ts'
import type { CarrierKeyView, CarrierView } from './contract.ts'
import type { CarrierRow } from './store.ts'

/** The words of a space-separated column. */
export const words = (text: string): string[] => text.split(' ').filter((word) => word !== '')

export const carrierView = (row: CarrierRow): CarrierView => ({
  id: row.id,
  name: row.name,
  naic: row.naic,
  states: words(row.states),
  lines: words(row.lines),
  asksFor: words(row.asksFor),
  createdAt: row.createdAt,
  version: row.version,
})

/** A key as it leaves: field by field, without its hash. */
export const carrierKeyView = (row: KeyRow, now: number): CarrierKeyView => ({
  id: row.id,
  carrierId: row.carrierId ?? '',
  label: row.label,
  prefix: row.prefix,
  state: row.revokedAt !== null ? 'revoked' : row.expiresAt <= now ? 'expired' : 'active',
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
  revokedAt: row.revokedAt,
})
