/** What the keyring needs of R2: strongly consistent, conditional writes, and no way back in time. An R2Bucket fits. */
export type KeyBucket = {
  get(key: string): Promise<KeyObject | null>
  /** Null when `onlyIf` was not met. */
  put(key: string, value: string | Uint8Array, options?: { onlyIf?: KeyCondition }): Promise<{ readonly etag: string } | null>
  delete(keys: string | string[]): Promise<void>
  list(options: { prefix: string; limit?: number; startAfter?: string; cursor?: string }): Promise<KeyListing>
}

/** One object read back. */
export type KeyObject = { readonly etag: string; text(): Promise<string>; arrayBuffer(): Promise<ArrayBuffer> }
/** R2's conditions on a write. */
export type KeyCondition = { etagMatches?: string; etagDoesNotMatch?: string }
/** One page of keys, in order. */
export type KeyListing = { readonly objects: readonly { readonly key: string }[]; readonly truncated: boolean }

/** Put only where nothing lies yet: two makers of the same key cannot replace each other's. */
export const ABSENT: KeyCondition = { etagDoesNotMatch: '*' }
