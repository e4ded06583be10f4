import { must } from './fault.ts'
import { ROOTS_PREFIX, rootIdOf } from './key-path.ts'
import type { Keyring } from './keyring.ts'
import { parseWrapped, unwrapRoot, wrapRoot } from './wrap.ts'

/** Where a rewrap stands. `after` is null when every root was seen. */
export type RewrapProgress = { readonly after: string | null; readonly rewrapped: number; readonly current: number }

/**
 * One step of a KEK rotation: up to `limit` wrapped roots after `after` are wrapped again under the newest KEK present.
 * Resumable from any returned `after`, and safe to repeat: a root already under the newest KEK is only counted. The roots
 * themselves, and so all sealed rows, stay as they are. Throws on a root that no present KEK opens: withdrawing its KEK
 * would lose it.
 */
export async function rewrapStep(keyring: Keyring, after: string | null, limit = 100): Promise<RewrapProgress> {
  const page = await keyring.bucket.list({ prefix: ROOTS_PREFIX, limit, ...(after === null ? {} : { startAfter: after }) })
  let rewrapped = 0
  let current = 0
  for (const { key } of page.objects) {
    if (await rewrapOne(keyring, key)) rewrapped += 1
    else current += 1
  }
  return { after: page.truncated ? (page.objects.at(-1)?.key ?? null) : null, rewrapped, current }
}

async function rewrapOne(keyring: Keyring, path: string): Promise<boolean> {
  const { bucket, keks } = keyring
  const id = rootIdOf(path)
  const object = id && (await bucket.get(path))
  if (!id || !object) return false // destroyed since it was listed
  const wrapped = must(parseWrapped(await object.text()), id)
  if (wrapped.kek === keks.newest.version) return false
  const again = await wrapRoot(keks.newest, id, must(await unwrapRoot(keks, id, wrapped), id))
  // Only over the very record that was read: a root destroyed meanwhile must not come back.
  const put = await bucket.put(path, JSON.stringify(again), { onlyIf: { etagMatches: object.etag } })
  return put !== null
}
