import { randomBytes, type Bytes } from './bytes.ts'
import { sixAtOnce } from '../six-at-once.ts'
import { KEY_BYTES } from './derive.ts'
import { VaultFault } from './fault.ts'
import { ABSENT, type KeyBucket } from './key-bucket.ts'
import { saltKindPrefix, saltPath, saltPrefix } from './key-path.ts'

/** Whose salt: one data subject, one call, one document. `kind` and `id` are ids of ours, never a value. */
export type SaltId = { readonly tenant: string; readonly kind: string; readonly id: string }

/** How long to wait before looking again, in milliseconds, where many make the same salt at once. */
const AGAIN_MS = [0, 50, 200, 800]

/**
 * The salt of a subject, made if absent, never rewritten, read back. Two callers at once get the same one. Make it before
 * the first row that depends on it. Read first: a bucket takes one write a second at one key, and refuses the others (429).
 * In the first second of a month many find nothing and put: whoever is refused looks for the one that was not.
 */
export async function createSalt(bucket: KeyBucket, id: SaltId): Promise<Bytes> {
  let refused: unknown
  for (const waitMs of AGAIN_MS) {
    if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs))
    const kept = await readSalt(bucket, id)
    if (kept) return kept
    try {
      await bucket.put(pathOf(id), randomBytes(KEY_BYTES), { onlyIf: ABSENT })
    } catch (thrown) {
      refused = thrown
      continue
    }
    const made = await readSalt(bucket, id)
    if (made) return made
  }
  throw refused ?? new VaultFault('key_store', { tenant: id.tenant })
}

/**
 * Salts of subjects that there are not yet, made ahead of them: each is put only where nothing lies, and all are looked for
 * at once. Ids begin with `beginning` and with nothing that is there already. Answers those that were found.
 */
export async function createSaltsAhead(bucket: KeyBucket, { tenant, kind }: Omit<SaltId, 'id'>, beginning: string, ids: readonly string[]): Promise<ReadonlyMap<string, Bytes>> {
  const made = await sixAtOnce(ids, async (id) => {
    const salt = randomBytes(KEY_BYTES)
    const put = await bucket.put(saltPath(tenant, kind, id), salt, { onlyIf: ABSENT })
    return put ? ([id, salt] as const) : null
  })
  const found = new Set(await saltsOf(bucket, { tenant, kind, id: beginning }))
  return new Map(made.filter((each) => each !== null).filter(([id]) => found.has(id)))
}

/** The 32 bytes of a subject's salt, or null: never made, or destroyed. */
export async function readSalt(bucket: KeyBucket, id: SaltId): Promise<Bytes | null> {
  const object = await bucket.get(pathOf(id))
  if (!object) return null
  const salt = new Uint8Array(await object.arrayBuffer())
  if (salt.length !== KEY_BYTES) throw new VaultFault('wrong_size', { tenant: id.tenant })
  return salt
}

/**
 * The erasure: without its salt nothing sealed for this subject can be read again, wherever copies lie. Safe to repeat.
 * Throws `key_store` if the bucket still holds it afterwards.
 */
export async function destroySalt(bucket: KeyBucket, id: SaltId): Promise<void> {
  await bucket.delete(pathOf(id))
  if (await bucket.get(pathOf(id))) throw new VaultFault('key_store', { tenant: id.tenant })
}

/** Ids of the salts of one kind that begin like this one's: at most 1,000, more than one subject has. */
export async function saltsOf(bucket: KeyBucket, { tenant, kind, id }: SaltId): Promise<string[]> {
  const prefix = saltKindPrefix(tenant, kind)
  const page = await bucket.list({ prefix: `${prefix}${id}`, limit: 1000 })
  return page.objects.map(({ key }) => key.slice(prefix.length))
}

/**
 * One step of destroying the salts of one kind that are of a month before `before` (`2025-10`): their ids end in `.YYYY-MM`.
 * Looks at one page of keys after `cursor`; answers how many went and where the next step goes on, or null at the end.
 */
export async function destroyMonthsStep(bucket: KeyBucket, { tenant, kind }: Omit<SaltId, 'id'>, before: string, cursor: string | null, limit: number): Promise<{ gone: number; cursor: string | null }> {
  const page = await bucket.list({ prefix: saltKindPrefix(tenant, kind), limit, ...(cursor === null ? {} : { startAfter: cursor }) })
  const keys = page.objects.map(({ key }) => key)
  const over = keys.filter((key) => (/\.(\d{4}-\d{2})$/.exec(key)?.[1] ?? before) < before)
  if (over.length > 0) await bucket.delete(over)
  return { gone: over.length, cursor: page.truncated ? (keys.at(-1) ?? null) : null }
}

/** One step of destroying every salt of a closed tenant: up to 1,000 of them. True when none is left. */
export async function destroySaltsStep(bucket: KeyBucket, tenant: string): Promise<boolean> {
  const prefix = saltPrefix(tenant)
  const page = await bucket.list({ prefix, limit: 1000 })
  if (page.objects.length > 0) await bucket.delete(page.objects.map((object) => object.key))
  return (await bucket.list({ prefix, limit: 1 })).objects.length === 0
}

function pathOf(id: SaltId): string {
  return saltPath(id.tenant, id.kind, id.id)
}
