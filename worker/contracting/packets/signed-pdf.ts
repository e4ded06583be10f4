import type { Env } from '../../core/env.ts'
import { Fault } from '../../core/failure.ts'
import { consent, type FilledContent, type SignatureMark } from './contract.ts'
import { appendAuditPage } from './pdf/append-audit-page.ts'
import { drawLineOfText, drawMark } from './pdf/draw-mark.ts'
import { letteringOf } from './pdf/lettering.ts'
import { openChecked } from './pdf/open-pdf.ts'
import { readSealKey } from './pdf/seal-key.ts'
import { SEAL_LEVEL, sealPdf, type SealedPdf } from './pdf/seal-pdf.ts'

/** Who signs what, and from where. */
export type SignedBy = {
  readonly signatureId: string
  readonly mark: SignatureMark
  readonly basis: string
  readonly content: FilledContent
  readonly at: number
  readonly ip: string
  readonly userAgent: string
  readonly accountId: string
}

/** A filled packet with its signature on it, the page that tells of it, and the deployment's seal over all. */
export async function signedPdf(env: Pick<Env, 'PDF_SEAL_KEY' | 'ORIGIN'>, filled: Uint8Array, by: SignedBy): Promise<SealedPdf> {
  const pdf = await openChecked(filled)
  const key = readSealKey(env.PDF_SEAL_KEY)
  const lettering = letteringOf(pdf)
  const odd = lettering.missing(by.mark.name)
  if (odd !== null) throw new Fault({ code: 'invalid', errors: [{ pointer: '/mark/name', detail: `“${odd}” cannot be printed. Write your name with Latin, Greek or Cyrillic letters, as it stands on the licence.` }] })
  for (const place of by.content.places) {
    if (place.what === 'mark') drawMark(pdf, lettering, place, by.mark)
    else drawLineOfText(pdf, lettering, place, place.what === 'name' ? by.mark.name : usDay(by.at))
  }
  appendAuditPage(pdf, lettering, {
    title: 'Signature record',
    says: `This page belongs to the document before it and is sealed with it. Whoever has the file can ask ${new URL(env.ORIGIN).host}/verify whether it is exactly what was sealed.`,
    sections: [
      { heading: 'Document', rows: [['Packet', by.content.title], ['For', by.content.carrier], ['Prepared by', by.content.agency], ['What was shown (SHA-256)', by.basis]] },
      { heading: 'Signature', rows: [['Signed by', by.mark.name], ['How', by.mark.kind === 'typed' ? 'Typed name' : 'Drawn'], ['When (UTC)', new Date(by.at).toISOString()], ['IP address', by.ip], ['Browser', by.userAgent], ['Account', by.accountId], ['Signature', by.signatureId]] },
      { heading: consent.title, rows: [['Version', String(consent.version)], ['Given as', consent.acknowledgement], ['Wording', consent.text]] },
      { heading: 'Seal', rows: [['Sealed by', key.sealedBy], ['Form', `PAdES ${SEAL_LEVEL} (ETSI EN 319 142-1), ECDSA P-256 with SHA-256`]] },
    ],
  })
  return sealPdf(pdf, key, { at: by.at, reason: `Signed by ${by.mark.name}; sealed by ${new URL(env.ORIGIN).host}` })
}

/** The day as American forms ask for it. */
const usDay = (at: number): string => `${new Date(at).toISOString().slice(5, 7)}/${new Date(at).toISOString().slice(8, 10)}/${new Date(at).toISOString().slice(0, 4)}`
