import { X509Certificate } from 'node:crypto'
import { PDF } from '@libpdf/core'
import type { Probe } from '../../../core/trust/probe.ts'
import { readSealKey } from './seal-key.ts'
import { sealPdf } from './seal-pdf.ts'
import { verifySeal } from './verify-seal.ts'

const DAY_MS = 86_400_000
/** Somewhere in the header: under the seal, and of no meaning. */
const CHANGED_AT = 6

/** Whether what is signed today can be sealed, and a seal be trusted. */
export const sealProbe: Probe = {
  id: 'contracting.seal',
  says: 'An empty page, sealed with the deployment’s key and verified; then one byte under the seal is changed, which must be found',
  unit: 'days of certificate left',
  measure: async ({ reach, now }) => {
    const key = readSealKey(reach.env.PDF_SEAL_KEY)
    const pdf = PDF.create()
    pdf.addPage()
    const { bytes } = await sealPdf(pdf, key, { at: now, reason: 'Probe' })
    const changed = Uint8Array.from(bytes, (byte, at) => (at === CHANGED_AT ? byte ^ 1 : byte))
    const [whole, found] = [verifySeal(bytes, key).verdict === 'whole', verifySeal(changed, key).verdict === 'changed']
    const days = Math.floor((Date.parse(new X509Certificate(key.certificate).validTo) - now) / DAY_MS)
    const value = !whole ? 'a fresh seal does not verify' : !found ? 'a changed byte was not found' : days < 0 ? 'the certificate has expired' : `verified; certificate good for ${days} days`
    return { passed: whole && found && days >= 0, value, measure: days }
  },
}
