import { createHash } from 'node:crypto'
import { createWriteStream, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import process from 'node:process'

import { footerLine, headerLine } from '../durable-objects/chain-export.ts'
import { appendEntry, EMPTY_HEAD, type EntryBody } from '../durable-objects/chain-link.ts'
import { formatVerifierKey, originOf, signCheckpoint } from '../durable-objects/chain-note.ts'
import { importSigner } from '../durable-objects/chain-signer.ts'
import { rootOf, type Sha256 } from '../durable-objects/chain-tree.ts'
import { median } from './bench-rounds.ts'
import { capture } from './run-step.ts'

const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest()
const TENANT = 'ten_00000000000000000000000000'

/** Entries a second that `npm run verify-audit` gets through, its own start not counted. */
export async function verifyPerSecond(folder: string, entries = 100_000, rounds = 3): Promise<number> {
  const signer = await importSigner(Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]).toString('base64'), 'bench.example', sha256)
  writeFileSync(path.join(folder, 'key.txt'), formatVerifierKey(signer.key.name, signer.key.publicKey, sha256))
  const small = await writeExport(path.join(folder, 'small.ndjson'), 10, signer)
  const large = await writeExport(path.join(folder, 'large.ndjson'), entries, signer)
  const rates: number[] = []
  for (let round = 0; round < rounds; round += 1) rates.push((entries - 10) / ((await secondsFor(large, folder)) - (await secondsFor(small, folder))))
  return median(rates)
}

async function secondsFor(file: string, folder: string): Promise<number> {
  const began = performance.now()
  const { code, output } = await capture(process.execPath, ['scripts/verify-audit.ts', file, '--key', path.join(folder, 'key.txt')])
  if (code !== 0) throw new Error(`verify-audit refused the bench's own export: ${output}`)
  return (performance.now() - began) / 1000
}

async function writeExport(file: string, size: number, signer: Awaited<ReturnType<typeof importSigner>>): Promise<string> {
  const out = createWriteStream(file)
  const write = async (line: string): Promise<void> => {
    if (!out.write(`${line}\n`)) await once(out, 'drain')
  }
  const origin = originOf(signer.key.name, TENANT)
  await write(headerLine({ origin, tenant: TENANT, size, filter: null, exportedAt: 0 }))
  let head = EMPTY_HEAD
  for (let n = 1; n <= size; n += 1) {
    const next = appendEntry(head, bodyOf(n), sha256)
    head = next.head
    await write(next.line)
  }
  await write(footerLine(await signCheckpoint({ origin, size, root: rootOf(head.frontier, sha256), at: size * 1000 }, signer.key, signer.sign)))
  out.end()
  await once(out, 'finish')
  return file
}

const bodyOf = (n: number): EntryBody => ({
  v: 1, id: `evt_${String(n).padStart(26, '0')}`, tenant: TENANT, name: 'core.member.role_changed', subject: 'mem_00000000000000000000000000',
  actor: { kind: 'member', id: 'acc_00000000000000000000000000', role: 'owner' }, at: n * 1000, meta: { from: 'member', to: 'admin' }, personal: 'ab'.repeat(32),
})
