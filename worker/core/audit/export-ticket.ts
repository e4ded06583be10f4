import { z } from 'zod'
import { fromUtf8, toBase64Url, utf8 } from '../vault/bytes.ts'
import type { TenantVault } from '../vault/tenant-vault.ts'
import { exportForms } from './contract.ts'

/** What a ticket stands for: one recorded export, for one session, until a moment. */
const Ticket = z.strictObject({
  sid: z.string(), form: z.enum(exportForms), query: z.string(), upTo: z.number(), /** The checkpoint it ends at, or 0. */ seq: z.number(), until: z.number(),
})
export type Ticket = z.output<typeof Ticket>

const USE = 'core.audit.export'

/** A ticket as text for a path. It carries no right: whoever brings it must be signed in to the very session it names. */
export async function exportTicket(vault: TenantVault, ticket: Ticket): Promise<string> {
  const said = toBase64Url(utf8(JSON.stringify(ticket)))
  const { mac } = await vault.sign('token', USE, said)
  return `${said}.${mac.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}

/** The ticket of a text that `exportTicket` made for this tenant, or null. */
export async function readTicket(vault: TenantVault, text: string): Promise<Ticket | null> {
  const [said = '', mac = '', ...rest] = text.split('.')
  const padded = mac.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (mac.length % 4)) % 4)
  if (rest.length > 0 || !(await vault.verify('token', USE, said, { mac: padded, version: 1 }))) return null
  const ticket = Ticket.safeParse(JSON.parse(fromUtf8(new Uint8Array(Buffer.from(said, 'base64url')))))
  return ticket.success ? ticket.data : null
}
