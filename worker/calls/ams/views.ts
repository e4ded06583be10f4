import { AmsSettings, type AmsConnectionView } from './contract.ts'
import type { AmsRow } from './store.ts'

/** Where and how a connection is asked. */
export const settingsOf = (row: Pick<AmsRow, 'settings'>): AmsSettings => AmsSettings.parse(JSON.parse(row.settings))

/** A connection as it leaves: field by field, without what it is asked with. */
export const amsView = (row: AmsRow): AmsConnectionView => ({
  id: row.id,
  kind: row.kind,
  label: row.label,
  state: row.revokedAt === null ? 'active' : 'revoked',
  settings: settingsOf(row),
  createdAt: row.createdAt,
  testedAt: row.testedAt,
  testTrouble: row.testTrouble,
  revokedAt: row.revokedAt,
})
