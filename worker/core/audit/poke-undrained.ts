import { PLATFORM, type Reach } from '../reach.ts'
import { tenantsToDrain } from '../tenancy/outbox-db.ts'

/**
 * The minute cron's net under every wake-up that was lost: one query a shard, one poke for each log with something waiting.
 * Answers how many were poked.
 */
export async function pokeUndrained(reach: Reach, now: number): Promise<number> {
  const found = await Promise.all(reach.shardNames.map((name) => tenantsToDrain(reach, name)))
  const logs = [PLATFORM, ...new Set(found.flat())]
  await Promise.all(logs.map((log) => reach.chain.poke(log, now)))
  return logs.length
}
