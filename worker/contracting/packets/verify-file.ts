import type { Visit } from '../../core/ctx.ts'
import { publicVerifierKey } from '../../core/audit/signing.ts'
import { demand, ipKey } from '../../core/limits/limiter.ts'
import { PLATFORM } from '../../core/reach.ts'
import type { FileVerdict, VerifyFile } from './contract.ts'
import { fileSealed, limits } from './module.ts'
import { sealedLike, type SealedFile } from './sealed-store.ts'

/**
 * What this deployment knows of a file, by digests that whoever has it made of it: exactly what was sealed, with the proof that its entry stands in the
 * public log; or a file that carries one of our seals and is another one now; or nothing. No name, no tenant, no kind.
 */
export async function verifyFile(visit: Visit, { sha256, seals }: VerifyFile): Promise<FileVerdict> {
  await demand(visit, limits.verify, ipKey(visit.origin.ip))
  const found = await visit.directory.read(sealedLike(visit.directory, sha256, seals))
  const exact = found.find((file) => file.sha256 === sha256)
  if (exact) return { verdict: 'exact', sealedAt: exact.sealedAt, proof: await proofOf(visit, exact) }
  const [other] = found
  return other ? { verdict: 'changed', sealedAt: other.sealedAt } : { verdict: 'unknown' }
}

/** The entry in the deployment's log and its path to the newest signed root; null until the log has signed it, a minute at most. */
async function proofOf({ reach }: Visit, { id }: SealedFile): Promise<Extract<FileVerdict, { verdict: 'exact' }>['proof']> {
  const [{ entries }, { checkpoint }] = await Promise.all([reach.chain.query(PLATFORM, { subject: id, name: fileSealed.eventName }, null, 1), reach.chain.status(PLATFORM)])
  const [entry] = entries
  if (!entry || !checkpoint || checkpoint.size < entry.n) return null
  const path = await reach.chain.proof(PLATFORM, entry.n, checkpoint.size)
  return path && { number: entry.n, line: entry.line, path, size: checkpoint.size, note: checkpoint.note, publicKey: publicVerifierKey(reach.env) }
}
