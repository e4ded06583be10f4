import { env } from 'cloudflare:workers'

import { KeyCache } from '../../worker/core/vault/key-cache.ts'
import { readKeks } from '../../worker/core/vault/kek.ts'
import { createRoots, type Keyring } from '../../worker/core/vault/keyring.ts'
import { TenantVault } from '../../worker/core/vault/tenant-vault.ts'

/** The KEYS bucket of the Worker under test. */
export const keysBucket = (env as unknown as { KEYS: R2Bucket }).KEYS // the bindings are made in vitest.config.ts

/** A KEK of its own, base64, made from one letter. */
export const kekText = (letter: string): string => btoa(letter.repeat(32))

/** A tenant id no other test uses. */
export const newTenantId = (): string => `tnt_${crypto.randomUUID().replaceAll('-', '')}`

/** A keyring over the real bucket. Without `keks` it holds one KEK. */
export async function newKeyring(keks: Record<string, string> = { KEK_1: kekText('a') }): Promise<Keyring> {
  return { bucket: keysBucket, keks: await readKeks(keks) }
}

/** A tenant with its four roots, and its vault at version 1 of each. */
export async function newVault(keyring?: Keyring): Promise<{ vault: TenantVault; tenant: string; keyring: Keyring }> {
  const held = keyring ?? (await newKeyring())
  const tenant = newTenantId()
  await createRoots(held, tenant)
  return { vault: vaultAt(held, tenant, 1), tenant, keyring: held }
}

/** A vault that seals with a version of the seal root, with a cache of its own. */
export function vaultAt(keyring: Keyring, tenant: string, seal: number, cache = new KeyCache(), now = 1_795_000_000_000): TenantVault {
  return new TenantVault({ tenant, versions: { seal, index: 1, token: 1, audit: 1 }, keyring, cache, now })
}

/** The reason of a VaultFault, for `expect(await reasonOf(…))`. */
export async function reasonOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'no fault'
  } catch (thrown) {
    return typeof thrown === 'object' && thrown !== null && 'reason' in thrown ? String(thrown.reason) : `another error: ${String(thrown)}`
  }
}
