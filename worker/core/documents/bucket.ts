import type { Reach } from '../reach.ts'
import { sixAtOnce } from '../six-at-once.ts'

/** R2 takes parts of one size between 5 MiB and 5 GiB; only the last may be shorter. */
const PART_BYTES = 5 * 1024 * 1024

/** Which object: one upload of one document of one tenant. */
export type ObjectName = { readonly tenantId: string; readonly documentId: string; readonly objectId: string }

/** Where everything of a tenant lies; a closed tenant's files are removed by it. */
export const tenantPrefix = (tenantId: string): string => `${tenantId}/`

const pathOf = (name: ObjectName): string => `${tenantPrefix(name.tenantId)}${name.documentId}/${name.objectId}`

/** The only caller of DOCUMENTS. It sees ciphertext alone. */
export class DocumentBucket {
  readonly #bucket: R2Bucket

  constructor({ env }: Pick<Reach, 'env'>) {
    this.#bucket = env.DOCUMENTS
  }

  /**
   * Store a stream of unknown length, holding one part in memory. Whole or not at all: when the stream fails, nothing is
   * kept, and the failure is thrown on.
   */
  async put(name: ObjectName, stream: ReadableStream<Uint8Array>): Promise<void> {
    const path = pathOf(name)
    const held = new Uint8Array(PART_BYTES)
    const done: R2UploadedPart[] = []
    let used = 0
    let upload: R2MultipartUpload | null = null
    try {
      const reader = stream.getReader()
      for (let step = await reader.read(); !step.done; step = await reader.read()) {
        for (let at = 0; at < step.value.length; ) {
          if (used === PART_BYTES) {
            upload ??= await this.#bucket.createMultipartUpload(path)
            done.push(await upload.uploadPart(done.length + 1, held))
            used = 0
          }
          const taken = Math.min(step.value.length - at, PART_BYTES - used)
          held.set(step.value.subarray(at, at + taken), used)
          used += taken
          at += taken
        }
      }
      const rest = held.slice(0, used)
      if (!upload) await this.#bucket.put(path, rest)
      else await upload.complete([...done, await upload.uploadPart(done.length + 1, rest)])
    } catch (thrown) {
      await upload?.abort().catch(() => undefined)
      throw thrown
    }
  }

  /** The stored bytes, or null where there are none. */
  async get(name: ObjectName): Promise<ReadableStream<Uint8Array> | null> {
    return (await this.#bucket.get(pathOf(name)))?.body ?? null
  }

  /** The beginnings of some of the first thousand stored objects; `seed` says which. */
  async sampleHeads(count: number, length: number, seed: number): Promise<Uint8Array[]> {
    const { objects } = await this.#bucket.list({ limit: 1000 })
    const step = Math.max(1, Math.floor(objects.length / count))
    const chosen = objects.filter((_, index) => index % step === seed % step).slice(0, count)
    const heads = await sixAtOnce(chosen, async ({ key }) => (await this.#bucket.get(key, { range: { offset: 0, length } }))?.arrayBuffer())
    return heads.flatMap((head) => (head ? [new Uint8Array(head)] : []))
  }

  async remove(name: ObjectName): Promise<void> {
    await this.#bucket.delete(pathOf(name))
  }

  /** Remove every object of a document, also of uploads that lost or broke off. Safe to repeat. */
  async removeAll(name: Pick<ObjectName, 'tenantId' | 'documentId'>): Promise<void> {
    const prefix = `${tenantPrefix(name.tenantId)}${name.documentId}/`
    for (let more = true; more; ) {
      const page = await this.#bucket.list({ prefix, limit: 1000 })
      if (page.objects.length > 0) await this.#bucket.delete(page.objects.map(({ key }) => key))
      more = page.truncated
    }
  }

  /** Remove everything of a closed tenant. Safe to repeat. Answers how many objects went. */
  async removeTenant(tenantId: string): Promise<number> {
    let removed = 0
    for (let more = true; more; ) {
      const page = await this.#bucket.list({ prefix: tenantPrefix(tenantId), limit: 1000 })
      if (page.objects.length > 0) await this.#bucket.delete(page.objects.map(({ key }) => key))
      removed += page.objects.length
      more = page.truncated
    }
    return removed
  }
}
