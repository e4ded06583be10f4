import { expect, test } from 'vitest'

import { kekText, newTenantId, reasonOf } from '../../../tests/support/vault-scene.ts'
import type { KeyBucket } from './key-bucket.ts'
import { rootPath } from './key-path.ts'
import { readKeks } from './kek.ts'
import { createRoots, destroyRootVersion, loadRoot, type Keyring } from './keyring.ts'
import { rewrapStep } from './rewrap.ts'
import { ROOTS } from './wrap.ts'

const OLD = { KEK_1: kekText('a') }
const BOTH = { KEK_1: kekText('a'), KEK_2: kekText('b') }
const NEW = { KEK_2: kekText('b') }

/** A bucket of its own: a rewrap walks everything there is, and other tests' roots are not ours to walk. */
function ownBucket(): KeyBucket & { onGet?: (key: string) => Promise<void> } {
  const held = new Map<string, { etag: string; text: string }>()
  let etags = 0
  return {
    async get(key) {
      const found = held.get(key)
      const read = found && { etag: found.etag, text: async () => found.text, arrayBuffer: async () => new TextEncoder().encode(found.text).buffer }
      await this.onGet?.(key)
      return read ?? null
    },
    async put(key, value, options) {
      const present = held.get(key)
      const { etagMatches, etagDoesNotMatch } = options?.onlyIf ?? {}
      if (etagDoesNotMatch === '*' && present) return null
      if (etagMatches !== undefined && present?.etag !== etagMatches) return null
      etags += 1
      held.set(key, { etag: `e${etags}`, text: String(value) })
      return { etag: `e${etags}` }
    },
    async delete(keys) {
      for (const key of [keys].flat()) held.delete(key)
    },
    async list({ prefix, limit = 1000, startAfter = '' }) {
      const keys = [...held.keys()].filter((key) => key.startsWith(prefix) && key > startAfter).sort()
      return { objects: keys.slice(0, limit).map((key) => ({ key })), truncated: keys.length > limit }
    },
  }
}

async function scene(): Promise<{ bucket: ReturnType<typeof ownBucket>; tenants: string[]; with_: (keks: Record<string, string>) => Promise<Keyring> }> {
  const bucket = ownBucket()
  const with_ = async (keks: Record<string, string>) => ({ bucket, keks: await readKeks(keks) })
  const tenants = [newTenantId(), newTenantId(), newTenantId()].sort()
  for (const tenant of tenants) await createRoots(await with_(OLD), tenant)
  return { bucket, tenants, with_ }
}

test('every root moves to the newest KEK in steps, after which the old one can go', async () => {
  const { tenants, with_ } = await scene()
  const both = await with_(BOTH)
  let after: string | null = null
  let [steps, rewrapped] = [0, 0]
  do {
    const progress = await rewrapStep(both, after, 5)
    after = progress.after
    rewrapped += progress.rewrapped
    steps += 1
  } while (after !== null)
  expect([steps, rewrapped]).toEqual([3, 12])
  for (const tenant of tenants) {
    for (const root of ROOTS) expect(await reasonOf(loadRoot(await with_(NEW), { tenant, root, version: 1 }))).toBe('no fault')
  }
  expect(await rewrapStep(both, null)).toEqual({ after: null, rewrapped: 0, current: 12 })
})

test('started over or run twice at once it ends in the same place', async () => {
  const { tenants, with_ } = await scene()
  const both = await with_(BOTH)
  await rewrapStep(both, null, 7) // and is killed here, its cursor lost
  await Promise.all([rewrapStep(both, null), rewrapStep(both, null)])
  for (const tenant of tenants) expect(await reasonOf(loadRoot(await with_(NEW), { tenant, root: 'audit', version: 1 }))).toBe('no fault')
})

test('a root destroyed while it is being rewrapped does not come back', async () => {
  const { bucket, tenants, with_ } = await scene()
  const both = await with_(BOTH)
  const id = { tenant: tenants[1] ?? '', root: 'seal', version: 1 } as const
  bucket.onGet = async (key) => {
    if (key !== rootPath(id)) return
    delete bucket.onGet
    await destroyRootVersion(both, id)
  }
  const progress = await rewrapStep(both, null)
  expect(progress.rewrapped).toBe(11)
  expect(await reasonOf(loadRoot(both, id))).toBe('root_missing')
})

test('a root that no KEK opens stops the step instead of being passed over', async () => {
  const { tenants, with_ } = await scene()
  expect(await reasonOf(rewrapStep(await with_(NEW), null))).toBe('kek_missing')
  expect(await reasonOf(loadRoot(await with_(OLD), { tenant: tenants[0] ?? '', root: 'seal', version: 1 }))).toBe('no fault')
})
