import { and, desc, eq, gt } from 'drizzle-orm'
import { probeReadings } from '../../../db/schema/directory.ts'
import type { DirectoryDb } from '../tenancy/directory-db.ts'
import type { Read, Write } from '../tenancy/statement.ts'
import type { Reading } from './probe.ts'

/** A reading as it is kept. */
export type KeptReading = { control: string; at: number; passed: boolean; value: string; measure: number | null }

/** Readings are measurements, not changes of anything: they have no event and no outbox. */
export const insertReadings = (directory: DirectoryDb, readings: readonly { id: string; probe: string; at: number; reading: Reading }[]): Write => {
  const rows = readings.map(({ id, probe, at, reading }) => ({ id, control: probe, at, passed: reading.passed, value: reading.value, measure: reading.measure }))
  return directory.change((db) => db.insert(probeReadings).values(rows))
}

/** Readings of every probe since an instant, newest first. */
export const readingsSince = (directory: DirectoryDb, since: number): Read<KeptReading[]> =>
  directory.ask((db) =>
    db
      .select({ control: probeReadings.control, at: probeReadings.at, passed: probeReadings.passed, value: probeReadings.value, measure: probeReadings.measure })
      .from(probeReadings)
      .where(gt(probeReadings.at, since))
      .orderBy(desc(probeReadings.at))
      .limit(1000),
  )

/** When anything was last read, or undefined for never. */
export const newestReading = (directory: DirectoryDb): Read<number | undefined> =>
  directory.ask((db) => db.select({ at: probeReadings.at }).from(probeReadings).orderBy(desc(probeReadings.at)).limit(1)).map((rows) => rows[0]?.at)

/** When a probe last passed, or undefined for never. */
export const lastPass = (directory: DirectoryDb, probe: string): Read<number | undefined> =>
  directory
    .ask((db) => db.select({ at: probeReadings.at }).from(probeReadings).where(and(eq(probeReadings.control, probe), eq(probeReadings.passed, true))).orderBy(desc(probeReadings.at)).limit(1))
    .map((rows) => rows[0]?.at)
