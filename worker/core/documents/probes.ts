import type { Probe } from '../trust/probe.ts'
import { DocumentBucket } from './bucket.ts'
import { sniffKind } from './sniff.ts'
import { withoutAcknowledgement } from './store.ts'

/** Stored objects that are looked at, and how far. */
const SAMPLE = 8
const LOOK_BYTES = 4096

/** What decides whether the controls of this area may say `active`. */
export const documentProbes: readonly Probe[] = [
  {
    id: 'documents.bytes',
    says: 'Stored files, read from the bucket as bytes: none may begin like a file of any kind',
    unit: '% ciphertext',
    measure: async ({ reach, now }) => {
      const heads = await new DocumentBucket(reach).sampleHeads(SAMPLE, LOOK_BYTES, now)
      const kinds = await Promise.all(heads.map((head) => sniffKind(head, false)))
      const sealed = kinds.filter((kind) => kind === null).length
      if (heads.length === 0) return { passed: true, value: 'no file stored yet', measure: null }
      return { passed: sealed === heads.length, value: `${sealed} of ${heads.length} sampled files are ciphertext`, measure: Math.round((sealed / heads.length) * 100) }
    },
  },
  {
    id: 'documents.link',
    says: 'A made-up download link, tried as a stranger',
    unit: 'HTTP status',
    measure: async ({ reach, knock, now }) => {
      const { status } = await knock(new Request(`${reach.env.ORIGIN}/documents/file/doc_${'0'.repeat(26)}/${now + 60_000}/${'A'.repeat(43)}`))
      return { passed: status === 403, value: `refused with ${status}`, measure: status }
    },
  },
  {
    id: 'documents.phi',
    says: 'Stored documents without the acknowledgement that they hold no health information',
    unit: 'documents',
    measure: async ({ reach }) => {
      const counts = await Promise.all(reach.shardNames.map((name) => withoutAcknowledgement(reach.reader(name))))
      const without = counts.reduce((sum, each) => sum + each, 0)
      return { passed: without === 0, value: without === 0 ? 'all acknowledged' : `${without} without`, measure: without }
    },
  },
]
