import type { Follower } from '../../core/audit/follower.ts'
import { isFault } from '../../core/failure.ts'
import { jobVisit } from '../../core/job.ts'
import { fileSealed } from './module.ts'
import { insertSealedFile, sealedLike } from './sealed-store.ts'

/**
 * What was sealed in some tenant is written into the directory and the deployment's own log as two digests, so that anybody may ask for a file by its own
 * and be answered with a proof, and nobody learns whose it is. Idempotent: a file is sealed once.
 */
export const registerSeals: Follower = async (reach, _log, { meta, at }, now) => {
  const visit = jobVisit({ reach, now, later: (work) => void work().catch(() => undefined) }, 'register-seals')
  for (const [sha256, seal] of [[String(meta['sha256']), String(meta['seal'])], [String(meta['copy']), String(meta['copy_seal'])]] as const) {
    if ((await reach.directory.read(sealedLike(reach.directory, sha256, []))).length > 0) continue
    const id = visit.newId('sfl')
    try {
      await visit.commitDirectory([insertSealedFile(reach.directory, { id, sha256, seal, sealedAt: at })], fileSealed(id, { sha256, seal }))
    } catch (thrown) {
      if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown // another drain of the same event was faster
    }
  }
}
