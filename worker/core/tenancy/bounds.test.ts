import { drizzle } from 'drizzle-orm/d1'
import { expect, test } from 'vitest'
import { bindings, failureOf } from '../../../tests/support/scene.ts'
import { members } from '../../../db/schema/tenancy.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { inArray } from 'drizzle-orm'
import { bounded, PARAMETERS, ROW_BYTES } from './bounds.ts'

const shard = bounded(bindings.SHARD_1)
const select = (n: number) => shard.prepare(`SELECT ${Array.from({ length: n }, () => '?').join(',')}`)

test('a hundred parameters are bound and asked, one more never leaves', async () => {
  const params = (n: number) => Array.from({ length: n }, () => 1)
  expect((await select(PARAMETERS).bind(...params(PARAMETERS)).raw())[0]).toHaveLength(100)
  expect(() => select(PARAMETERS + 1).bind(...params(PARAMETERS + 1))).toThrow(RangeError)
  expect(() => shard.batch([select(101).bind(...params(101))])).toThrow(RangeError)
})

test('a row of 1.9 million bytes is taken and one more is too large, counted in bytes and over all its values', async () => {
  const refused = (...params: unknown[]) => failureOf((async () => select(params.length).bind(...params))())
  expect(await refused('x'.repeat(ROW_BYTES))).toBeNull()
  expect(await refused('x'.repeat(ROW_BYTES + 1))).toEqual({ code: 'too_large', limitBytes: ROW_BYTES })
  expect(await refused('ä'.repeat(ROW_BYTES / 2 + 1))).toMatchObject({ code: 'too_large' })
  expect(await refused('x'.repeat(ROW_BYTES / 2), new Uint8Array(ROW_BYTES / 2))).toBeNull()
  expect(await refused('x'.repeat(ROW_BYTES / 2), new Uint8Array(ROW_BYTES / 2 + 1))).toMatchObject({ code: 'too_large' })
})

test('whatever a tenant’s store asks goes through it, in a batch too', async () => {
  const { asJob } = await newTenant()
  const ids = Array.from({ length: 101 }, (_, at) => `mem_${at}`)
  await expect(asJob((ctx) => ctx.db.read(ctx.db.find(members, { where: inArray(members.id, ids) })))).rejects.toThrow(/101 bound|102 bound/)
  expect(await asJob((ctx) => ctx.db.read(ctx.db.find(members, { where: inArray(members.id, ids.slice(0, 90)) })))).toEqual([])
  expect(await drizzle(shard).select({ id: members.id }).from(members).where(inArray(members.id, ids.slice(0, 5)))).toEqual([])
})
