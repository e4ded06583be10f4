import { expect, test } from 'vitest'

import { kekText } from '../../../tests/support/vault-scene.ts'
import { flipBit } from '../../../tests/vectors/hex.ts'
import { fromBase64, toBase64 } from './bytes.ts'
import { readKeks } from './kek.ts'
import { parseWrapped, ROOTS, unwrapRoot, wrapRoot, type RootId } from './wrap.ts'

const id: RootId = { tenant: 'tnt_a', root: 'seal', version: 2 }
const root = new Uint8Array(32).fill(9)
const keks = await readKeks({ KEK_1: kekText('a'), KEK_2: kekText('b') })

test('a wrapped root comes back, by its own KEK, from its JSON', async () => {
  const wrapped = await wrapRoot(keks.newest, id, root)
  expect(wrapped).toMatchObject({ format: 'countersign.root.v1', kek: 2 })
  const parsed = parseWrapped(JSON.stringify(wrapped))
  expect(parsed).toEqual({ ok: true, value: wrapped })
  expect(await unwrapRoot(keks, id, wrapped)).toEqual({ ok: true, value: root })
})

test('in any other place it does not open', async () => {
  const wrapped = await wrapRoot(keks.newest, id, root)
  const places: RootId[] = [{ ...id, tenant: 'tnt_b' }, ...ROOTS.filter((name) => name !== 'seal').map((name) => ({ ...id, root: name })), { ...id, version: 1 }]
  for (const place of places) expect(await unwrapRoot(keks, place, wrapped)).toEqual({ ok: false, reason: 'root_refused' })
})

test('naming another KEK in the record does not open it, nor does a KEK that is gone', async () => {
  const wrapped = await wrapRoot(keks.newest, id, root)
  expect(await unwrapRoot(keks, id, { ...wrapped, kek: 1 })).toEqual({ ok: false, reason: 'root_refused' })
  expect(await unwrapRoot(keks, id, { ...wrapped, kek: 3 })).toEqual({ ok: false, reason: 'kek_missing' })
  expect(await unwrapRoot(await readKeks({ KEK_1: kekText('a') }), id, wrapped)).toEqual({ ok: false, reason: 'kek_missing' })
  expect(await unwrapRoot(await readKeks({ KEK_2: kekText('c') }), id, wrapped)).toEqual({ ok: false, reason: 'root_refused' })
})

test('every bit flip is refused', async () => {
  const wrapped = await wrapRoot(keks.newest, id, root)
  const sealed = fromBase64(wrapped.sealed)
  if (!sealed.ok) throw new Error('unreachable: just sealed')
  expect(sealed.value.length).toBe(12 + 32 + 16)
  for (let bit = 0; bit < sealed.value.length * 8; bit += 1) {
    expect((await unwrapRoot(keks, id, { ...wrapped, sealed: toBase64(flipBit(sealed.value, bit)) })).ok).toBe(false)
  }
})

test('a record of another shape is refused', () => {
  const good = { format: 'countersign.root.v1', kek: 1, sealed: 'AAAA' }
  const bad = [{ ...good, format: 'countersign.root.v2' }, { ...good, kek: '1' }, { ...good, kek: 0 }, { ...good, kek: 1.5 }, { ...good, sealed: 1 }, { ...good, more: true }, { format: good.format, kek: 1 }, null, [], 'x', 7]
  for (const record of bad) expect(parseWrapped(JSON.stringify(record)).ok).toBe(false)
  for (const text of ['', '{', 'undefined']) expect(parseWrapped(text).ok).toBe(false)
})

test('only 32 bytes are wrapped', async () => {
  for (const length of [0, 16, 31, 33]) await expect(wrapRoot(keks.newest, id, new Uint8Array(length))).rejects.toMatchObject({ reason: 'wrong_size' })
})
