import type { Ctx } from '../ctx.ts'
import { openDocumentKey } from '../vault/document-key.ts'
import { rowVaults } from '../vault/row-vault.ts'
import { documentContent, documentKey } from './module.ts'
import type { DocumentRow, KeyRow } from './store.ts'
import type { DocumentSecret } from './views.ts'

/** What is sealed of a document whose bytes are here, and the key that they open with. `salt_missing` where it was erased with what it belonged to. */
export async function unsealDocument(ctx: Ctx, row: DocumentRow, keyRow: KeyRow): Promise<DocumentSecret & { readonly key: CryptoKey }> {
  const vaultOf = rowVaults(ctx.vault)
  const [vault, keyVault] = [await vaultOf(row.salt), await vaultOf(keyRow.salt)]
  const [secret, key] = await Promise.all([
    vault.open<DocumentSecret>(documentContent, row.id, { sealed: row.content, sealVersion: row.sealVersion }),
    openDocumentKey(keyVault, documentKey, row.id, { sealed: keyRow.content, sealVersion: keyRow.sealVersion }),
  ])
  return { ...secret, key }
}
