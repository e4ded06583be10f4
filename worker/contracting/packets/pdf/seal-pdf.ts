import { createHash } from 'node:crypto'
import { PDF } from '@libpdf/core'
import { Fault } from '../../../core/failure.ts'
import type { SealKey } from './seal-key.ts'
import { sealsIn } from './contract.ts'
import { verifySeal } from './verify-seal.ts'

/** The level of the seals made here (ETSI EN 319 142-1): a signature with its certificate, without a time of a third party. */
export const SEAL_LEVEL = 'B-B'

/** A sealed file, its digest, and that of the seal in it, by which a changed or extended copy is recognised. Hex. */
export type SealedPdf = { readonly bytes: Uint8Array; readonly sha256: string; readonly seal: string }

/**
 * Seal a finished PDF: a PAdES signature of the deployment over the whole file. It is verified before it is let out; the moment in it is the
 * deployment's own word.
 */
export async function sealPdf(pdf: PDF, key: SealKey, input: { at: number; reason: string }): Promise<SealedPdf> {
  const finished = await PDF.load(await pdf.save({ subsetFonts: true }))
  const { bytes } = await finished.sign({ signer: key.signer, level: SEAL_LEVEL, fieldName: 'Seal', reason: input.reason, signingTime: new Date(input.at), estimatedSize: ROOM })
  const seals = sealsIn(bytes)
  const [seal] = seals
  if (!seal || verifySeal(bytes, key, seals).verdict !== 'whole') throw new Fault({ code: 'integrity', reason: 'seal_does_not_verify' })
  return { bytes, sha256: digest(bytes), seal: digest(seal.contents) }
}

/** Bytes kept free for the signature and its certificate. */
const ROOM = 4096

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
