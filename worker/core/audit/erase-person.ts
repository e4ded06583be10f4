import type { Visit } from '../ctx.ts'
import { PLATFORM } from '../reach.ts'
import { destroySalt, saltsOf } from '../vault/salts.ts'

/**
 * Where a person acted from and why, gone from every log and every copy of one: the sealed parts are destroyed, then the
 * salts under which they were sealed. The entries stay and verify; each log says how many parts went. `tenantIds` are the
 * tenants the person ever had a seat in. Safe to repeat. Answers how many parts went.
 */
export async function erasePerson(visit: Visit, accountId: string, tenantIds: readonly string[]): Promise<number> {
  const { reach, now } = visit
  let erased = 0
  const salts = new Set<string>()
  for (const log of [PLATFORM, ...tenantIds]) {
    const gone = await reach.chain.erasePersonal(log, now, { account: accountId })
    erased += gone.erased
    for (const salt of gone.salts) salts.add(salt)
  }
  // A log that the person left long ago is not asked; the salts under which it keeps copies go all the same.
  for (const id of await saltsOf(reach.keyring.bucket, { tenant: PLATFORM, kind: 'person', id: `${accountId}.` })) salts.add(id)
  for (const id of salts) if (id.startsWith(`${accountId}.`)) await destroySalt(reach.keyring.bucket, { tenant: PLATFORM, kind: 'person', id })
  return erased
}
