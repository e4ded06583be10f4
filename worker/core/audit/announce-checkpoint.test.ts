import { expect, test } from 'vitest'
import { newReach } from '../../../tests/support/audit-scene.ts'
import { chainOf, newLog, NOON, seal, sha256Hex, someRows } from '../../../tests/support/chain-scene.ts'
import type { ChainEntry } from '../../../durable-objects/chain-link.ts'
import { PLATFORM } from '../reach.ts'
import { announceCheckpoint } from './announce-checkpoint.ts'

// `!`: what the scene of the test made is there.

/** What the deployment's log says of a tenant's checkpoints, oldest first. */
async function told(log: string): Promise<ChainEntry['meta'][]> {
  const { entries } = await chainOf(PLATFORM).query(PLATFORM, { name: 'core.log.checkpointed', subject: log }, null, 50)
  return entries.toReversed().map(({ line }) => (JSON.parse(line) as ChainEntry).meta) // `as`: a canonical entry
}

test('every checkpoint of a tenant stands once, in order, by its hash in the deployment’s own log', async () => {
  const reach = await newReach()
  const [mine, theirs] = [newLog(), newLog()]
  const notes: string[] = []
  for (const [from, to] of [[1, 2], [3, 3], [4, 9]] as const) {
    await seal(mine, someRows(mine, from, to))
    notes.push((await chainOf(mine).checkpoint(mine, NOON + to))!.note)
  }
  await seal(theirs, someRows(theirs, 1, 1))
  await Promise.all([announceCheckpoint(reach, mine, NOON), announceCheckpoint(reach, mine, NOON)])
  await announceCheckpoint(reach, mine, NOON)
  expect(await told(mine)).toEqual([2, 3, 9].map((size, at) => ({ seq: at + 1, size, note: sha256Hex(notes[at]!) })))
  await announceCheckpoint(reach, theirs, NOON)
  expect(await told(theirs)).toEqual([])
})
