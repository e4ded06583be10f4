import { performance } from 'node:perf_hooks'

import { CryptoKeySigner, PDF } from '@libpdf/core'

import type { PacketForm, PacketPart } from '../worker/contracting/packets/contract.ts'
import type { PacketSource } from '../worker/contracting/packets/facts.ts'
import { filledPdf, signaturePlaces } from '../worker/contracting/packets/filling.ts'
import { mappingOfOwn, ownDesigns } from '../worker/contracting/packets/own-forms.ts'
import { drawForm } from '../worker/contracting/packets/pdf/draw-form.ts'
import { openPdf } from '../worker/contracting/packets/pdf/open-pdf.ts'
import { readFields } from '../worker/contracting/packets/pdf/read-fields.ts'
import { signedPdf } from '../worker/contracting/packets/signed-pdf.ts'
import { emptyContact, emptyContent } from '../worker/contracting/passport/contract.ts'
import { inTurn } from './bench-rounds.ts'

/** Packets of one round. */
const A_ROUND = 6

const source: PacketSource = {
  summary: { kind: 'individual', npn: '8812345', ssnLast4: '6789', routingLast4: '0021', accountLast4: '4321', accountType: 'savings', hasEin: false, coverCarrier: 'Cover Mutual', coverExpiresOn: '2027-06-30', amlOn: '2026-03-01', ceDueOn: '2027-03-31' },
  parts: { contact: { ...emptyContact, name: { first: 'Ana', middle: null, last: 'Diaz', suffix: null } }, secret: { ssn: '212456789', ein: null, routing: '121000021', account: '0099884321' }, content: emptyContent },
  request: { carrier: 'Northgate Life', agency: 'Harbor FMO', kind: 'contract', states: ['OR'], upline: null, on: 0 },
}
const mark = { kind: 'typed', name: 'Ana Diaz' } as const

/**
 * A packet of two forms and 105 fields filled and sealed, against the library's own calls with nothing around them: load, fill, flatten, copy the pages, add
 * one, save, sign. Ours looks for bombs, maps facts, fits texts, draws the signature and its record, and verifies the seal besides.
 */
export async function measurePacket(secret: string, rounds: number, notes: string[]): Promise<number> {
  const files = [await drawForm(ownDesigns.appointment), await drawForm(ownDesigns.direct_deposit)]
  const parts = await Promise.all(files.map(async (bytes): Promise<PacketPart> => {
    const pdf = await openPdf(bytes)
    return { documentId: '', title: 'Form', pages: pdf.getPageCount(), fields: readFields(pdf) }
  }))
  const form: PacketForm = { parts, mapping: parts.flatMap(({ fields }, index) => mappingOfOwn(fields, index)) }
  const signer = await bareSigner(secret)
  const values = parts.map(({ fields }) => Object.fromEntries(fields.map(({ name, kind, options }) => [name, kind === 'checkbox' ? true : kind === 'radio' ? (options[0] ?? '') : 'Ana Diaz'])))
  const measured = await inTurn(rounds, () => each(() => ours(form, files, secret)), () => each(() => bare(files, values, signer)))
  notes.push(`packet: ${(1000 / measured.oursMs).toFixed(1)} filled and sealed a second against ${(1000 / measured.besideMs).toFixed(1)} by the library alone, ratio ${measured.ratio.toFixed(2)}, medians of ${measured.rounds} rounds; 2 forms, ${parts.reduce((sum, { fields }) => sum + fields.length, 0)} fields`)
  return measured.ratio
}

async function ours(form: PacketForm, files: readonly Uint8Array[], secret: string): Promise<void> {
  const filled = await (await filledPdf(form, files, source, 'full', { title: 'Packet', at: 0 })).save()
  const content = { title: 'Packet', carrier: 'Northgate Life', agency: 'Harbor FMO', asked: '', passportNumber: 1, places: signaturePlaces(form) }
  await signedPdf({ PDF_SEAL_KEY: secret, ORIGIN: 'http://localhost' }, filled, { signatureId: 'sig', mark, basis: '', content, at: 0, ip: '', userAgent: '', accountId: '' })
}

async function bare(files: readonly Uint8Array[], values: readonly Record<string, string | boolean>[], signer: CryptoKeySigner): Promise<void> {
  const joined = PDF.create()
  for (const [index, bytes] of files.entries()) {
    const pdf = await PDF.load(bytes)
    const form = pdf.getForm()
    form?.fill(values[index] ?? {})
    form?.flatten()
    await joined.copyPagesFrom(pdf, Array.from({ length: pdf.getPageCount() }, (_, page) => page))
  }
  const again = await PDF.load(await joined.save())
  again.addPage({ size: 'letter' }).drawText('Signed by Ana Diaz', { x: 54, y: 700, size: 10 })
  await (await PDF.load(await again.save())).sign({ signer, level: 'B-B', estimatedSize: 4096 })
}

/** Milliseconds a packet. */
async function each(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  for (let n = 0; n < A_ROUND; n += 1) await work()
  return (performance.now() - began) / A_ROUND
}

async function bareSigner(secret: string): Promise<CryptoKeySigner> {
  const [key = '', certificate = ''] = secret.split('.')
  const privateKey = await crypto.subtle.importKey('pkcs8', Buffer.from(key, 'base64'), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  return new CryptoKeySigner(privateKey, new Uint8Array(Buffer.from(certificate, 'base64')), 'EC', 'ECDSA')
}
