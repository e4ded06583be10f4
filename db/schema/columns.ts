import { integer, text } from 'drizzle-orm/sqlite-core'

declare const sealedBrand: unique symbol

/**
 * Ciphertext made by the vault: base64 TEXT of nonce(12) || ciphertext || tag(16).
 * The brand makes plaintext in a sealed column a compile error; only `worker/core/vault` mints values of it.
 */
export type Sealed = string & { readonly [sealedBrand]: 'sealed' }

/** A column holding one sealed JSON value per row and class. TEXT, because D1 hands BLOBs over as arrays of numbers. */
export const sealed = (name: string) => text(name).$type<Sealed>()

/** The version of the tenant's `seal` root that sealed the row's columns. */
export const sealVersion = () => integer('seal_version').notNull()

/** Whose salt the row's cells stand under besides the root, `kind/id` (`vault/row-vault.ts`); null: the root alone. */
export const rowSalt = () => text('salt')

/** Epoch milliseconds, as everywhere. */
export const instant = (name: string) => integer(name, { mode: 'number' })
