import { overdueClosings } from '../core/tenancy/closing-store.ts'
import { dueKeyWork } from '../core/tenancy/keep-keys.ts'
import type { Scene } from './scene.ts'
import { shardWaits, type Everybody } from './store.ts'

/** What is due and not done, by kind. Everything at zero is quiet. */
export type Waits = Readonly<Record<'events' | 'mail' | 'guards' | 'logs' | 'retention' | 'tenancy', number>>

/**
 * Look everywhere that something can be due at `now`: the outboxes of the directory, of each shard and of each guard; mail of
 * the deployment and of tenants; entries without a checkpoint and jobs of the logs; retention that its budget cut off; keys
 * to rotate or destroy, tenants half made, on the move, or past their grace.
 */
export async function whatWaits(scene: Scene, now: number, everybody: Everybody): Promise<Waits> {
  const { reach, store } = scene
  const directory = await store.waits(now)
  const shards = await Promise.all(reach.shardNames.map((name) => shardWaits(reach.shard(name), now)))
  const guards = await Promise.all([...everybody.accounts.map((id) => reach.guards.of(id).outbox(1)), ...everybody.keys.map((id) => reach.keyGuards.of(id).outbox(1))].map(async (outbox) => (await outbox).rows.length))
  const logs = await Promise.all(everybody.logs.map((log) => logWaits(scene, log, now)))
  const tenancy = await Promise.all(reach.shardNames.map(async (name) => (await dueKeyWork({ ...scene, now }, name, 1)).length + (await overdueClosings(reach.shard(name), now, 1)).length))
  return {
    events: directory.events + sum(shards.map(({ events }) => events)),
    mail: directory.mail + sum(shards.map(({ mail }) => mail)),
    guards: sum(guards),
    logs: sum(logs),
    retention: directory.retention,
    tenancy: directory.tenancy + sum(tenancy),
  }
}

export const howMuch = (waits: Waits): number => sum(Object.values(waits))

/** Runs what is due in a log's object, and counts what is still not done or not signed. */
async function logWaits({ reach }: Scene, log: string, now: number): Promise<number> {
  const due = await reach.chain.runDue(log, now)
  const { size, checkpoint } = await reach.chain.status(log)
  return due + (size > (checkpoint?.size ?? 0) ? 1 : 0)
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)
