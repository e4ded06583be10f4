import { deriveMacKey, deriveSealKey, type SubKeyName } from './derive.ts'
import { loadRoot, type Keyring } from './keyring.ts'
import { rootPath } from './key-path.ts'
import type { RootId } from './wrap.ts'

/** How long an unwrapped root may serve an isolate (design §3). The fence makes a stale one harmless. */
export const CACHE_MS = 5 * 60 * 1000

type Entry = { readonly root: CryptoKey; readonly loadedAt: number; readonly derived: Map<string, CryptoKey> }

/**
 * Unwrapped roots and the keys derived from them, for one isolate and at most five minutes. Made by the wiring and handed
 * in, so that no module holds state. Salted keys are never in it. It holds keys, not promises of keys: work begun by one
 * request may be cancelled with it, and another request waiting on that work would hang.
 */
export class KeyCache {
  readonly #entries = new Map<string, Entry>()
  readonly #limit: number

  /** `limit`: how many roots are held at once; the one loaded longest ago goes first. */
  constructor(limit = 1000) {
    this.#limit = limit
  }

  /** The AES key of a seal name and class under a root. */
  async sealKey(keyring: Keyring, id: RootId, now: number, name: SubKeyName): Promise<CryptoKey> {
    return this.#derived(keyring, id, now, name, deriveSealKey)
  }

  /** The HMAC key of an index column or MAC use under a root. */
  async macKey(keyring: Keyring, id: RootId, now: number, name: SubKeyName): Promise<CryptoKey> {
    return this.#derived(keyring, id, now, name, deriveMacKey)
  }

  /** The root itself, for salted keys. */
  async root(keyring: Keyring, id: RootId, now: number): Promise<CryptoKey> {
    return (await this.#entry(keyring, id, now)).root
  }

  /** Forget one root at once, after destroying it. Other isolates forget within five minutes. */
  forget(id: RootId): void {
    this.#entries.delete(rootPath(id))
  }

  async #derived(keyring: Keyring, id: RootId, now: number, name: SubKeyName, derive: (root: CryptoKey, name: SubKeyName) => Promise<CryptoKey>): Promise<CryptoKey> {
    const entry = await this.#entry(keyring, id, now)
    const slot = `${name.purpose}/${name.className ?? ''}/${name.name}`
    const held = entry.derived.get(slot)
    if (held) return held
    const key = await derive(entry.root, name)
    entry.derived.set(slot, key)
    return key
  }

  async #entry(keyring: Keyring, id: RootId, now: number): Promise<Entry> {
    const path = rootPath(id)
    const held = this.#entries.get(path)
    // A clock that went back makes an entry look young for ever; both ends are checked.
    if (held && now >= held.loadedAt && now - held.loadedAt < CACHE_MS) return held
    const entry: Entry = { root: await loadRoot(keyring, id), loadedAt: now, derived: new Map() }
    this.#entries.delete(path) // so that a reload moves it to the young end
    this.#entries.set(path, entry)
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limit) break
      this.#entries.delete(oldest)
    }
    return entry
  }
}
