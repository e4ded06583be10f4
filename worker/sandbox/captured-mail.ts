import type { TenantVault } from '../core/vault/tenant-vault.ts'
import type { SealableField } from '../core/vault/sealed.ts'
import type { MailRow, SandboxStore } from './store.ts'

/** A mail as the provider would have sent it. */
export type Mail = {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

export type CapturedMail = Mail & { readonly id: string; readonly at: number; readonly idempotencyKey: string | null }

const mailField = { name: 'sandbox.mail', class: 'content' } as const satisfies SealableField

/** Keep a mail, sealed under the deployment's own root: what is captured names people and carries live links. */
export async function captureMail(store: SandboxStore, vault: TenantVault, captured: { id: string; at: number; idempotencyKey: string | null; payloadHash: string; mail: Mail }): Promise<void> {
  const { mail, ...row } = captured
  await store.keepMail({ ...row, cell: await vault.seal(mailField, row.id, mail) })
}

/** Captured mail, newest first, opened. */
export async function capturedMails(store: SandboxStore, vault: TenantVault, limit: number): Promise<CapturedMail[]> {
  const rows = await store.mails(limit)
  const mails = await vault.openMany<Mail>(mailField, rows)
  return rows.map((row, index) => opened(row, mails[index]))
}

export async function capturedMail(store: SandboxStore, vault: TenantVault, id: string): Promise<CapturedMail | null> {
  const row = await store.mailById(id)
  return row && opened(row, await vault.open<Mail>(mailField, row.id, row.cell))
}

function opened(row: MailRow, mail: Mail | undefined): CapturedMail {
  if (!mail) throw new TypeError('a row without its mail')
  return { ...mail, id: row.id, at: row.at, idempotencyKey: row.idempotencyKey }
}
