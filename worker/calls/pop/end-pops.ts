import type { JobParts } from '../../core/job.ts'
import { destroySalt } from '../../core/vault/salts.ts'
import { POP_SALT } from './module.ts'
import { Pops } from './pops.ts'

/**
 * End what was shown for its five minutes: the ciphertext goes from the object, then the key is destroyed and found gone,
 * then the object forgets the call. Safe to repeat; what breaks off is due again with the object's next alarm.
 */
export async function endPops({ reach, now }: JobParts, tenantId: string): Promise<void> {
  const pops = new Pops({ reach, tenantId })
  const due = await pops.expire(now)
  for (const id of due) await destroySalt(reach.keyring.bucket, { tenant: tenantId, kind: POP_SALT, id })
  if (due.length > 0) await pops.ended(due)
}
