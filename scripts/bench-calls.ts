import { performance } from 'node:perf_hooks'

import { call, inTurn } from './bench-rounds.ts'

type House = { readonly tenantId: string; readonly shard: string }

/** Calls of one round that are due. */
const DUE = 100

/**
 * Calls a second that are handed over to an AMS which answers at once, and purged: the note, the receipt, the key destroyed and
 * found gone. Among a hundred thousand that were purged before, and among a thousand: what is due is to cost what is due.
 */
export async function measureSyncPurge(ours: URL, rounds: number, notes: string[]): Promise<{ sync_purge: number; sync_growth: number }> {
  const ask = async <T>(path: string, json: unknown): Promise<T> => JSON.parse(await call(new URL(path, ours), 200, { method: 'POST', json })) as T // `as`: our own seeding Worker
  const [few, many] = [await ask<House>('/call-house', { kept: 1000 }), await ask<House>('/call-house', { kept: 100_000 })]
  if (few.shard === many.shard) throw new Error('the two agencies share a shard')
  const handOver = ({ tenantId }: House) => async (round: number): Promise<number> => {
    await ask('/ended-calls', { tenantId, calls: DUE, round })
    const began = performance.now()
    const { calls } = await ask<{ calls: number }>('/hand-over', { tenantId })
    if (calls !== DUE) throw new Error(`${calls} of ${DUE} calls were handed over`)
    return (performance.now() - began) / DUE
  }
  const { ratio, oursMs, besideMs, rounds: counted } = await inTurn(rounds, handOver(many), handOver(few))
  notes.push(`sync_purge: a call handed over and purged in ${besideMs.toFixed(2)} ms among 1,000 purged ones and in ${oursMs.toFixed(2)} ms among 100,000, ratio ${ratio.toFixed(2)}, medians of ${counted} rounds of ${DUE}`)
  return { sync_purge: 1000 / oursMs, sync_growth: ratio }
}
