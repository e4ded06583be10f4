import { and, desc, eq } from 'drizzle-orm'
import { probeReadings } from '../../../db/schema/directory.ts'
import type { DirectoryDb } from '../tenancy/directory-db.ts'
import type { Read, Write } from '../tenancy/statement.ts'
import type { Reading } from './probe.ts'

/** A reading as it is kept. */
export type KeptReading = { at: number; passed: boolean; value: string; measure: number | null }

const columns = { at: probeReadings.at, passed: probeReadings.passed, value: probeReadings.value, measure: probeReadings.measure }

/** Readings are measurements, not changes of anything: they have no event and no outbox. One statement each: D1 binds a hundred values to one at most. */
export const insertReadings = (directory: DirectoryDb, readings: readonly { id: string; probe: string; at: number; reading: Reading }[]): Write[] =>
  readings.map(({ id, probe, at, reading }) => directory.change((db) => db.insert(probeReadings).values({ id, control: probe, at, passed: reading.passed, value: reading.value, measure: reading.measure })))

/** The newest readings of one probe, newest first: an index range of `limit` rows, however many are kept. */
export const latestOf = (directory: DirectoryDb, probe: string, limit: number): Read<KeptReading[]> =>
  directory.ask((db) => db.select(columns).from(probeReadings).where(eq(probeReadings.control, probe)).orderBy(desc(probeReadings.at)).limit(limit))

/** When a probe last passed and with which value, or undefined for never within what is kept. One index entry. */
export const lastPass = (directory: DirectoryDb, probe: string): Read<KeptReading | undefined> =>
  directory
    .ask((db) => db.select(columns).from(probeReadings).where(and(eq(probeReadings.control, probe), eq(probeReadings.passed, true))).orderBy(desc(probeReadings.at)).limit(1))
    .map((rows) => rows[0])

/** When anything was last read, or undefined for never. */
export const newestReading = (directory: DirectoryDb): Read<number | undefined> =>
  directory.ask((db) => db.select({ at: probeReadings.at }).from(probeReadings).orderBy(desc(probeReadings.at)).limit(1)).map((rows) => rows[0]?.at)
