import { desc, eq, sql } from 'drizzle-orm'
import { jobRuns } from '../../../db/schema/directory.ts'
import type { DirectoryDb } from './directory-db.ts'
import type { Read, Write } from './statement.ts'

export type JobRunRow = typeof jobRuns.$inferSelect

export const lastJobRun = (directory: DirectoryDb, job: string): Read<JobRunRow | undefined> =>
  directory.ask((db) => db.select().from(jobRuns).where(eq(jobRuns.job, job)).orderBy(desc(jobRuns.at), desc(sql`${jobRuns.done} + ${jobRuns.failed}`)).limit(1)).map((rows) => rows[0])

export const insertJobRun = (directory: DirectoryDb, run: typeof jobRuns.$inferInsert): Write => directory.change((db) => db.insert(jobRuns).values(run))
