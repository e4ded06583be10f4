import { defineEvent, meta } from '../audit/event.ts'
import { defineModule, type RightDeclaration, type SealedField } from '../module.ts'
import { categories, fileKinds, type Category, type FileKind } from './contract.ts'

/** { name, sha256 } of a document. */
export const documentContent = {
  name: 'core.document.content', table: 'documents', column: 'content', class: 'content', scope: 'tenant', saltIn: 'salt',
  holds: ['file name', 'digest of the file'],
} as const satisfies SealedField

/** The key that one stored object is encrypted under. */
export const documentKey = {
  name: 'core.document.key', table: 'document_keys', column: 'content', class: 'content', scope: 'tenant', saltIn: 'salt',
  holds: ['key of the stored file'],
} as const satisfies SealedField

const category = meta.oneOf(Object.keys(categories) as [Category, ...Category[]]) // `as`: the keys of a const object
const kind = meta.oneOf(Object.keys(fileKinds) as [FileKind, ...FileKind[]]) // `as`: likewise

/** Why a link was not honoured. */
export const linkRefusals = ['expired', 'not_its_session_or_changed', 'trashed'] as const

export const documentBegun = defineEvent('core.document.begun', 'An upload was announced, with its category and the PHI acknowledgement.', { category, phi_ack: meta.flag() })
export const documentUploaded = defineEvent('core.document.uploaded', 'A document was checked, encrypted and stored.', { category, kind, size: meta.count() })
export const documentMade = defineEvent('core.document.made', 'The product made a document itself, encrypted it and stored it.', { size: meta.count(), held: meta.flag() })
export const documentUrlIssued = defineEvent('core.document.url_issued', 'A download link was made for one session or key.', { minutes: meta.count() }, { read: true })
export const documentLinkRefused = defineEvent('core.document.link_refused', 'A download link was tried that does not open anything (any more).', { reason: meta.oneOf(linkRefusals) }, { read: true })
export const documentDownloaded = defineEvent('core.document.downloaded', 'A document was decrypted for download.', { size: meta.count() }, { read: true })
export const documentTrashed = defineEvent('core.document.trashed', 'A document was put into the trash.', { days: meta.count() })
export const documentRestored = defineEvent('core.document.restored', 'A document was taken out of the trash.', {})
export const documentPurged = defineEvent('core.document.purged', 'The key of a document was destroyed and its bytes were removed.', { age_days: meta.count() }, { urgent: true })
export const documentAbandoned = defineEvent('core.document.abandoned', 'An upload that never came was cleared away.', {}, { urgent: true })

export const rights = {
  readDocuments: { right: 'document.read', says: 'List documents and ask for a download link', atLeast: 'member', keyScope: 'documents.read', claims: ['CIQ-32', 'IFD-09'] },
  uploadDocument: { right: 'document.upload', says: 'Upload documents', atLeast: 'member', keyScope: 'documents.write', claims: ['IFD-09', 'SPO-08'] },
  trashOwnDocument: { right: 'document.trash_own', says: 'Put documents of one’s own into the trash and take them out', atLeast: 'member', keyScope: 'documents.write' },
  trashDocument: { right: 'document.trash', says: 'Put anybody’s documents into the trash and take them out', atLeast: 'admin' },
} as const satisfies Record<string, RightDeclaration>

/** How long an announced upload is waited for. */
export const AWAITED_MS = 86_400_000

/** Files: uploaded, encrypted one by one, opened through links that die with their session. */
export const documentsModule = defineModule({
  name: 'documents',
  rights: Object.values(rights),
  sealedFields: [documentContent, documentKey],
  events: [documentBegun, documentUploaded, documentMade, documentUrlIssued, documentLinkRefused, documentDownloaded, documentTrashed, documentRestored, documentPurged, documentAbandoned],
  limits: [],
  retention: [
    { name: 'trashed_documents', what: 'Documents in the trash', enters: 'Moved to the trash by a member', sealedIn: [documentContent.name, documentKey.name], keep: { policy: 'doc.trash_days' }, then: 'deleted' },
    { name: 'awaited_documents', what: 'Announced uploads whose bytes never came', enters: 'Announced by a member before the bytes are sent', sealedIn: [documentContent.name], keep: { ms: AWAITED_MS }, then: 'deleted' },
    { name: 'documents', what: 'Documents', enters: 'Uploaded by a member, sealed in chunks as the bytes arrive', sealedIn: [documentContent.name, documentKey.name], keep: { life: 'tenant' }, then: 'deleted' },
  ],
  controls: [
    {
      id: 'documents.encrypted', name: 'Documents encrypted one by one', status: 'active', probe: 'documents.bytes',
      how: 'Each file is counted, checked by its content, and sealed in chunks under a 256-bit key of its own as it arrives; the bucket never sees a plain byte. A chunk changed, cut off or moved does not open.',
      enforcedBy: ['worker/core/documents/stage-content.ts', 'worker/core/vault/chunk-stream.ts', 'worker/core/documents/bucket.ts'], claims: ['CIQ-10', 'CIQ-23', 'SPO-08'], frameworks: ['CC6.1', 'CC6.7'],
    },
    {
      id: 'documents.links', name: 'Download links that die with their session', status: 'active', probe: 'documents.link',
      how: 'A link is signed over tenant, document, end and the very session that asked for it. Changed, late, passed on or outliving its session it opens nothing, and the try stands in the log.',
      enforcedBy: ['worker/core/documents/document-link.ts', 'worker/core/documents/open-document.ts'], claims: ['CIQ-32', 'CIQ-33', 'CIQ-34', 'CIQ-35', 'CIQ-36', 'CIQ-59'], frameworks: ['CC6.1', 'CC6.3'],
    },
    {
      id: 'documents.phi', name: 'No health information in documents', status: 'active', probe: 'documents.phi',
      how: 'There is no category for medical records, every form with a file says so, and nothing is accepted without the acknowledgement that it holds none.',
      enforcedBy: ['worker/core/documents/create-document.ts', 'worker/core/documents/contract.ts', 'app/routes/documents/phi-notice.tsx'], claims: ['IFD-26', 'IFD-27'], frameworks: ['CC6.1'],
    },
  ],
  subprocessors: [],
  reveals: [],
})
