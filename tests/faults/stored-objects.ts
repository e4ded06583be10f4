import { tenantPrefix } from '../../worker/core/documents/bucket.ts'
import { rootPrefix } from '../../worker/core/vault/key-path.ts'
import { ROOTS } from '../../worker/core/vault/wrap.ts'
import { bindings } from '../support/scene.ts'

/** Where each object of a tenant's documents lies below the tenant: `<document>/<object>`. */
export const documentsOf = (tenantId: string): Promise<string[]> => below(bindings.DOCUMENTS, tenantPrefix(tenantId))

/** The roots of a tenant that lie in the bucket of keys. */
export async function rootsOf(tenantId: string): Promise<string[]> {
  const found = await Promise.all(ROOTS.map(async (root) => (await below(bindings.KEYS, rootPrefix(tenantId, root))).map((path) => `${root} ${path}`)))
  return found.flat()
}

async function below(bucket: R2Bucket, prefix: string): Promise<string[]> {
  const found: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await bucket.list({ prefix, ...(cursor ? { cursor } : {}) })
    found.push(...page.objects.map(({ key }) => key.slice(prefix.length)))
    if (!page.truncated) return found
    cursor = page.cursor
  }
}
