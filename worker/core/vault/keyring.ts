import { randomBytes } from './bytes.ts'
import { importRoot, KEY_BYTES } from './derive.ts'
import { must, VaultFault } from './fault.ts'
import type { Keks } from './kek.ts'
import { ABSENT, type KeyBucket } from './key-bucket.ts'
import { rootIdOf, rootPath, rootPrefix } from './key-path.ts'
import { parseWrapped, ROOTS, unwrapRoot, wrapRoot, type RootId, type RootName } from './wrap.ts'

/** Where keys lie and what opens them. Made once per isolate by the wiring. */
export type Keyring = { readonly bucket: KeyBucket; readonly keks: Keks }

/**
 * Version 1 of the four roots of a tenant. Safe to repeat: a root that exists is left alone. Ends only when all four were
 * read back and opened, so nothing is ever sealed under a key that was not kept.
 */
export async function createRoots(keyring: Keyring, tenant: string): Promise<void> {
  for (const root of ROOTS) await addRootVersion(keyring, { tenant, root, version: 1 })
}

/** The four roots, made unless they are there: one look where they are. */
export async function ensureRoots(keyring: Keyring, tenant: string): Promise<void> {
  const last = ROOTS.at(-1) ?? 'audit' // createRoots makes them in this order: where the last one is, all are
  if ((await rootVersions(keyring, tenant, last)).length === 0) await createRoots(keyring, tenant)
}

/** A new random version of a root, put only if absent, read back. Safe to repeat: the first one written stays. */
export async function addRootVersion(keyring: Keyring, id: RootId): Promise<void> {
  const wrapped = await wrapRoot(keyring.keks.newest, id, randomBytes(KEY_BYTES))
  await keyring.bucket.put(rootPath(id), JSON.stringify(wrapped), { onlyIf: ABSENT })
  await loadRoot(keyring, id)
}

/** A root, unwrapped, as a key that can only be derived from. Throws `root_missing`, `kek_missing`, `root_refused`. */
export async function loadRoot(keyring: Keyring, id: RootId): Promise<CryptoKey> {
  const object = await keyring.bucket.get(rootPath(id))
  if (!object) throw new VaultFault('root_missing', id)
  const wrapped = must(parseWrapped(await object.text()), id)
  return importRoot(must(await unwrapRoot(keyring.keks, id, wrapped), id))
}

/** The versions of a root that exist, oldest first. */
export async function rootVersions(keyring: Keyring, tenant: string, root: RootName): Promise<number[]> {
  const versions: number[] = []
  const prefix = rootPrefix(tenant, root)
  let startAfter: string | undefined
  do {
    const page = await keyring.bucket.list(startAfter === undefined ? { prefix } : { prefix, startAfter })
    for (const { key } of page.objects) {
      const id = rootIdOf(key)
      if (id) versions.push(id.version)
    }
    startAfter = page.truncated ? page.objects.at(-1)?.key : undefined
  } while (startAfter !== undefined)
  return versions.sort((a, b) => a - b)
}

/**
 * One version of a root, gone for good: what was sealed under it cannot be read again, from a backup neither. Safe to
 * repeat. Throws `key_store` if the bucket still holds it afterwards.
 */
export async function destroyRootVersion(keyring: Keyring, id: RootId): Promise<void> {
  const path = rootPath(id)
  await keyring.bucket.delete(path)
  if (await keyring.bucket.get(path)) throw new VaultFault('key_store', id)
}

/** Every version of every root of a closed tenant, gone for good. Safe to repeat. `keep` names roots that outlive it (audit). */
export async function destroyRoots(keyring: Keyring, tenant: string, keep: readonly RootName[] = []): Promise<void> {
  for (const root of ROOTS) {
    if (keep.includes(root)) continue
    for (const version of await rootVersions(keyring, tenant, root)) await destroyRootVersion(keyring, { tenant, root, version })
  }
}
