import { expect, test } from 'vitest'
import { chainOf, newLog, NOON, seal, someRow, someRows } from '../../../tests/support/chain-scene.ts'
import type { EntryRow } from '../../../durable-objects/audit-words.ts'
import type { ChainEntry } from '../../../durable-objects/chain-link.ts'
import { forged, gap, personalErased, retired, sealedForGood, sourceRewound } from './events.ts'

test('what the chain object writes of itself fits what is declared here', async () => {
  const log = newLog()
  const own = async (): Promise<readonly EntryRow[]> => (await chainOf(log).query(log, { actor: 'audit-chain' }, null, 50)).entries
  await seal(log, [{ ...someRow(log, 1), genuine: false }, someRow(log, 5, {}, 'part')])
  await chainOf(log).erasePersonal(log, NOON, { before: NOON + 1 })
  await seal(log, someRows(log, 3, 4), 4)
  const first = await own()
  await chainOf(log).checkpoint(log, NOON)
  await chainOf(log).retire(log, NOON, NOON + 10)
  await chainOf(log).sealForGood(log, NOON)
  const declared = new Map([forged, gap, sourceRewound, personalErased, retired, sealedForGood].map((event) => [event.eventName, event]))
  const written = [...first, ...(await own())]
  expect(new Set(written.map(({ name }) => name))).toEqual(new Set(declared.keys()))
  for (const { name, line } of written) {
    const { meta } = JSON.parse(line) as ChainEntry // `as`: a canonical entry
    expect(declared.get(name)?.(log, meta as never).meta, name).toEqual(meta) // `never`: each declaration has a shape of its own
  }
})
