import { z } from 'zod'
import { fromBase64, fromUtf8, toBase64Url, utf8 } from '../vault/bytes.ts'
import type { TenantVault } from '../vault/tenant-vault.ts'
import { Fault } from '../failure.ts'

/** Where a page ended: the sort value and the id of its last row. */
export type Position = { readonly at: number; readonly id: string }

const Spoken = z.tuple([z.string(), z.number(), z.string()])

/**
 * A position as an opaque text that only we can make: signed under the tenant's `token` root and good for one list only, so
 * that nobody walks another order, another list or another tenant with it.
 */
export async function cursorOf(vault: TenantVault, list: string, position: Position): Promise<string> {
  const said = toBase64Url(utf8(JSON.stringify([list, position.at, position.id])))
  const { mac } = await vault.sign('token', 'cursor', said)
  return `${said}.${mac.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}

/** The position of a cursor we made for this list and tenant; a Fault `invalid` for any other text. */
export async function positionOf(vault: TenantVault, list: string, cursor: string): Promise<Position> {
  const [said = '', mac = '', ...rest] = cursor.split('.')
  const whole = mac.replaceAll('-', '+').replaceAll('_', '/')
  const signed = { mac: whole + '='.repeat((4 - (whole.length % 4)) % 4), version: 1 }
  if (rest.length === 0 && (await vault.verify('token', 'cursor', said, signed))) {
    const raw = fromBase64(said.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (said.length % 4)) % 4))
    const spoken = raw.ok ? Spoken.safeParse(JSON.parse(fromUtf8(raw.value))) : null
    if (spoken?.success && spoken.data[0] === list) return { at: spoken.data[1], id: spoken.data[2] }
  }
  throw new Fault({ code: 'invalid', errors: [{ pointer: '/query/cursor', detail: 'This cursor is not one of ours, or belongs to another list. Begin again without it.' }] })
}

/** Schemas every list shares. */
export const Paging = { cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(25) }
