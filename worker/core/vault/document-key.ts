import { fromBase64, randomBytes, toBase64 } from './bytes.ts'
import { KEY_BYTES } from './derive.ts'
import { must, VaultFault } from './fault.ts'
import type { JsonValue, SealableField, SealedCell } from './sealed.ts'

/** Whatever can hold a document's key: the tenant's vault, or a subject's own where the document dies with the subject. */
export type DocumentKeyHolder = {
  seal(field: SealableField, rowId: string, value: JsonValue): Promise<SealedCell>
  open(field: SealableField<'content'>, rowId: string, cell: SealedCell): Promise<JsonValue>
}

/**
 * A fresh 256-bit key for one stored object, and the cell to keep in its row. Rotation reseals the cell and leaves the
 * object alone, so it costs the same for a photograph and for an archive.
 */
export async function newDocumentKey(vault: DocumentKeyHolder, field: SealableField<'content'>, documentId: string): Promise<{ key: CryptoKey; cell: SealedCell }> {
  const raw = randomBytes(KEY_BYTES)
  const cell = await vault.seal(field, documentId, toBase64(raw))
  return { key: await importDocumentKey(raw), cell }
}

/** The key of a stored object from its row's cell. */
export async function openDocumentKey(vault: DocumentKeyHolder, field: SealableField<'content'>, documentId: string, cell: SealedCell): Promise<CryptoKey> {
  const raw = must(fromBase64(await vault.open(field, documentId, cell)), { sealName: field.name, rowId: documentId })
  return importDocumentKey(raw)
}

/** 32 raw bytes as a key for chunk-stream. Not extractable. */
export async function importDocumentKey(raw: Uint8Array): Promise<CryptoKey> {
  if (raw.length !== KEY_BYTES) throw new VaultFault('wrong_size')
  return crypto.subtle.importKey('raw', new Uint8Array(raw), 'AES-GCM', false, ['encrypt', 'decrypt'])
}
