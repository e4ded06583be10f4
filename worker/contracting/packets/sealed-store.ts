import { eq, inArray, or } from 'drizzle-orm'
import { sealedFiles } from '../../../db/schema/directory.ts'
import type { DirectoryDb } from '../../core/tenancy/directory-db.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'

export type SealedFile = typeof sealedFiles.$inferSelect

export const insertSealedFile = (directory: DirectoryDb, row: SealedFile): Write => directory.change((db) => db.insert(sealedFiles).values(row))

/** Files with this digest, or with one of these seals in them. */
export const sealedLike = (directory: DirectoryDb, sha256: string, seals: readonly string[]): Read<SealedFile[]> =>
  directory.ask((db) => db.select().from(sealedFiles).where(seals.length === 0 ? eq(sealedFiles.sha256, sha256) : or(eq(sealedFiles.sha256, sha256), inArray(sealedFiles.seal, [...seals]))).limit(40))
