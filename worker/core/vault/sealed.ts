import type { Sealed } from '../../../db/schema/columns.ts'

/**
 * Types of what is sealed and where. They hold no code: a store, a schema and a page may know them without reaching the vault.
 */

/** `contact`: shown to whoever may see the row. `secret`: opened only by a verb that reveals. `content`: bodies, notes. */
export type SealedClass = 'contact' | 'secret' | 'content'

/** What can be sealed: JSON. A member that is `undefined` is left out. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined }

/**
 * A sealed field as its manifest declares it. `name` is a constant of ours that outlives renamed tables. `root` is `seal`
 * unless it says `audit`, whose versions live as long as the log and are not swept.
 */
export type SealableField<C extends SealedClass = SealedClass> = { readonly name: string; readonly class: C; readonly root?: SealingRoot }

/** The roots a value may be sealed under. */
export type SealingRoot = 'seal' | 'audit'

export type { Sealed }

/** What lies in a row: the ciphertext and, in a column beside it, the version of the root it was made under. */
export type SealedCell = { readonly sealed: Sealed; readonly sealVersion: number }

/** One row of a list to open. */
export type SealedRow = { readonly id: string; readonly cell: SealedCell }
