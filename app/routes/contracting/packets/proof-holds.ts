import { sha256 } from '@noble/hashes/sha2.js'
import { openCheckpoint, parseVerifierKey } from '../../../../durable-objects/chain-note.ts'
import { verifyEd25519 } from '../../../../durable-objects/chain-signer.ts'
import { leafHash, verifyInclusion } from '../../../../durable-objects/chain-tree.ts'
import type { FileVerdict } from '../../../../worker/contracting/packets/contract.ts'

type Proven = NonNullable<Extract<FileVerdict, { verdict: 'exact' }>['proof']>

/** Whether the log's signed root holds an entry that names this very digest. Made of what was answered and nothing else. */
export async function proofHolds(asked: string, { line, number, path, size, note, publicKey }: Proven): Promise<boolean> {
  const key = parseVerifierKey(publicKey, sha256)
  const opened = key && (await openCheckpoint(note, key, verifyEd25519))
  if (!opened?.ok || opened.checkpoint.size !== size || !line.includes(`"sha256":"${asked}"`)) return false
  const claim = { index: number - 1, size, leaf: leafHash(new TextEncoder().encode(line), sha256), root: opened.checkpoint.root, proof: path.map(bytesOf) }
  return verifyInclusion(claim, sha256)
}

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
