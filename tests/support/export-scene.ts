import { createHash } from 'node:crypto'

import { footerLine, headerLine, leafLine } from '../../durable-objects/chain-export.ts'
import { appendEntry, EMPTY_HEAD, type ChainHead, type EntryBody } from '../../durable-objects/chain-link.ts'
import { originOf, signCheckpoint } from '../../durable-objects/chain-note.ts'
import { importSigner, type Signer } from '../../durable-objects/chain-signer.ts'
import { rootOf, type Sha256 } from '../../durable-objects/chain-tree.ts'

/** SHA-256 at once, as objects and scripts have it. */
export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest()

/** A deployment's signer at a host, from one repeated byte. */
export const signerOf = (byte: string, host = 'cs.example'): Promise<Signer> =>
  importSigner(Buffer.from(`302e020100300506032b657004220420${byte.repeat(32)}`, 'hex').toString('base64'), host, sha256)

/** Epoch milliseconds of the first entry of every scene. */
export const START = 1_795_000_000_000

/** The body of the n-th entry of a scene. */
export const bodyOf = (n: number, tenant = 'tnt_a', meta: EntryBody['meta'] = { count: n, done: n % 2 === 0 }): EntryBody => ({
  v: 1,
  id: `evt_${n}`,
  tenant,
  name: 'core.member.role_changed',
  subject: `mem_${n % 7}`,
  actor: { kind: 'member', id: 'acc_1', role: n % 3 === 0 ? null : 'owner' },
  at: START + n * 1000,
  meta,
  personal: n % 5 === 0 ? 'ab'.repeat(32) : null,
})

/** A log: its entries' lines and hashes, and the head after each. */
export type Log = { lines: string[]; hashes: Uint8Array[]; heads: ChainHead[]; tenant: string | null }

/** A log of `size` entries. */
export function newLog(size: number, tenant: string | null = 'tnt_a', body: (n: number) => EntryBody = (n) => bodyOf(n, tenant ?? 'tnt_x')): Log {
  const log: Log = { lines: [], hashes: [], heads: [EMPTY_HEAD], tenant }
  for (let n = 1; n <= size; n += 1) {
    const next = appendEntry(log.heads[n - 1] ?? EMPTY_HEAD, body(n), sha256)
    log.lines.push(next.line)
    log.hashes.push(next.hash)
    log.heads.push(next.head)
  }
  return log
}

/** The signed checkpoint of a log's first `size` entries. */
export function noteOf(log: Log, signer: Signer, size = log.lines.length): Promise<string> {
  const root = rootOf((log.heads[size] ?? EMPTY_HEAD).frontier, sha256)
  return signCheckpoint({ origin: originOf(signer.key.name, log.tenant), size, root, at: START + size * 1000 }, signer.key, signer.sign)
}

/** The lines of an export up to `size`, leaving out what `shows` does not show. */
export async function exportOf(log: Log, signer: Signer, { size = log.lines.length, shows = (_n: number): boolean => true } = {}): Promise<string[]> {
  const header = headerLine({ origin: originOf(signer.key.name, log.tenant), tenant: log.tenant, size, filter: null, exportedAt: START })
  const body = log.lines.slice(0, size).map((line, at) => (shows(at + 1) ? line : leafLine(at + 1, log.hashes[at] ?? new Uint8Array(32))))
  return [header, ...body, footerLine(await noteOf(log, signer, size))]
}
