import type { SaltedVault } from './salted-vault.ts'
import type { TenantVault } from './tenant-vault.ts'

/** Whose salt a row's cells stand under besides the root, as a column of the row names it: `kind/id`. */
export type RowSalt = `${string}/${string}`

export const rowSalt = (kind: string, id: string): RowSalt => `${kind}/${id}`

/**
 * What seals and opens the cells of rows of which some stand under a salt and some under the tenant's root alone (`null`).
 * The bucket is asked once for each salt. Throws `salt_missing` after that salt's erasure. Lives for one request.
 */
export function rowVaults(vault: TenantVault): (salt: string | null) => Promise<TenantVault | SaltedVault> {
  const salted = new Map<string, Promise<SaltedVault>>()
  return async (salt) => {
    if (salt === null) return vault
    const [kind = '', id = ''] = salt.split('/')
    const known = salted.get(salt) ?? vault.withSalt(kind, id)
    salted.set(salt, known)
    return known
  }
}
