import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Ctx } from '../../core/ctx.ts'
import type { PacketForm } from './contract.ts'
import { packetForm } from './module.ts'
import type { VersionRow } from './store.ts'

/** What is sealed of a version. */
export const openForm = (ctx: Ctx, { id, content, sealVersion }: Pick<VersionRow, 'id' | 'content' | 'sealVersion'>): Promise<PacketForm> => ctx.vault.open<PacketForm>(packetForm, id, { sealed: content, sealVersion })

/** A form as a version keeps it: sealed, with the digest that a signature will name and the figures a list shows. */
export async function formColumns(ctx: Ctx, versionId: string, form: PacketForm): Promise<Pick<VersionRow, 'content' | 'sealVersion' | 'digest' | 'pages' | 'fields' | 'mapped'>> {
  const { sealed, sealVersion } = await ctx.vault.seal(packetForm, versionId, form)
  return {
    content: sealed,
    sealVersion,
    digest: digestOf(form),
    pages: form.parts.reduce((sum, part) => sum + part.pages, 0),
    fields: form.parts.reduce((sum, part) => sum + part.fields.length, 0),
    mapped: form.mapping.length,
  }
}

/** SHA-256 (hex) of a value's one canonical spelling (RFC 8785). */
export const digestOf = (value: unknown): string => createHash('sha256').update(canonicalize(value) ?? '').digest('hex') // canonicalize answers undefined for undefined only
