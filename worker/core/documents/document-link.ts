import type { Reach } from '../reach.ts'

/** What a link says. `bearer`: the session or key it works with; it is not in the link, whoever uses the link brings it. */
export type LinkTerms = { readonly tenantId: string; readonly documentId: string; readonly expiresAt: number; readonly bearer: string }

const USE = 'document-link'
const shape = /^\/(doc_[0-7][0-9a-hjkmnp-tv-z]{25})\/([1-9][0-9]{12,14})\/([A-Za-z0-9_-]{43})$/

/** Where links lead: people and workspace keys here, others where their own API answers. */
export const FILES = '/documents/file'

/** The path of a signed link. Everything that decides is in the path, spelled one way only: there is no query to play with. */
export const documentLink = async (reach: Reach, terms: LinkTerms, below: string = FILES): Promise<string> => `${below}/${terms.documentId}/${terms.expiresAt}/${await reach.signer.mac(USE, messageOf(terms))}`

/** What a link claims, or null for an address that is spelled in any other way. Says nothing about its being ours. */
export function parseDocumentLink(url: URL, below: string = FILES): { documentId: string; expiresAt: number; mac: string } | null {
  const asked = `${url.pathname}${url.search}`
  const [, documentId, expiresAt, mac] = asked.startsWith(`${below}/`) ? (shape.exec(asked.slice(below.length)) ?? []) : []
  return documentId && expiresAt && mac ? { documentId, expiresAt: Number(expiresAt), mac } : null
}

/** Whether we signed a link with these terms: for this tenant, document, end and bearer. */
export const isOurLink = (reach: Reach, terms: LinkTerms, mac: string): Promise<boolean> => reach.signer.macFits(USE, messageOf(terms), mac)

/** JSON of an array: no two links share one spelling. */
const messageOf = ({ tenantId, documentId, expiresAt, bearer }: LinkTerms): string => JSON.stringify([tenantId, documentId, expiresAt, bearer])
