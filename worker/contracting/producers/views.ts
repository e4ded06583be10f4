import type { Ctx } from '../../core/ctx.ts'
import type { CopiedLicence, CredentialView, FmoView, OpeningView, ProducerInvitationView, ProducerView, ReleaseView } from './contract.ts'
import { CopiedLicence as CopiedLicenceShape } from './contract.ts'
import type { ListedCredential } from './credential-store.ts'
import type { ProducerInvitationRow } from './invitation-store.ts'
import type { CopyFigures, LicenceRow, LinkRow, OpeningRow } from './link-store.ts'
import { linkContact, openingContent, producerInvitationContact, releaseContent } from './module.ts'
import { credentialState, producerInvitationState } from './policy.ts'
import type { ReleaseRow } from './release-store.ts'

/** Whom an invitation or a link names. */
export type PartyContact = { name: string; email: string }

const contactCell = ({ id, contact, sealVersion }: Pick<LinkRow, 'id' | 'contact' | 'sealVersion'>) => ({ id, cell: { sealed: contact, sealVersion } })
const contentCell = ({ id, content, sealVersion }: Pick<OpeningRow, 'id' | 'content' | 'sealVersion'>) => ({ id, cell: { sealed: content, sealVersion } })

export async function producerInvitationViews(ctx: Ctx, rows: readonly ProducerInvitationRow[]): Promise<ProducerInvitationView[]> {
  const contacts = await ctx.vault.openMany<PartyContact>(producerInvitationContact, rows.map(contactCell))
  return rows.map((row, index) => ({
    id: row.id, name: contacts[index]?.name ?? '', email: contacts[index]?.email ?? '', state: producerInvitationState(row, ctx.now), createdAt: row.createdAt, expiresAt: row.expiresAt, linkId: row.linkId,
  }))
}

export const linkContacts = (ctx: Ctx, rows: readonly LinkRow[]): Promise<PartyContact[]> => ctx.vault.openMany<PartyContact>(linkContact, rows.map(contactCell))

/** Producers as a list shows them: nothing under a link's salt is opened. */
export async function producerViews(ctx: Ctx, rows: readonly LinkRow[], copies: readonly CopyFigures[]): Promise<ProducerView[]> {
  const contacts = await linkContacts(ctx, rows)
  const byLink = new Map(copies.map((copy) => [copy.linkId, copy]))
  return rows.map((row, index) => ({
    id: row.id, name: contacts[index]?.name ?? '', email: contacts[index]?.email ?? '', state: row.state, startedAt: row.startedAt, endedAt: row.endedAt, passport: passportFigures(byLink.get(row.id)),
  }))
}

function passportFigures(copy: CopyFigures | undefined): ProducerView['passport'] {
  if (!copy) return null
  const { linkId: _, hasEmployment: _employment, hasCheque: _cheque, ...passport } = copy
  return passport
}

export const licenceView = ({ state, lines, issuedOn, expiresOn, resident, status }: LicenceRow): CopiedLicence => CopiedLicenceShape.parse({ state, lines: lines.split(','), issuedOn, expiresOn, resident, status })

export async function fmoViews(ctx: Ctx, rows: readonly LinkRow[]): Promise<FmoView[]> {
  const contacts = await linkContacts(ctx, rows)
  return rows.map(({ id, state, startedAt, endedAt, copiedNumber }, index) => ({ id, name: contacts[index]?.name ?? '', state, startedAt, endedAt, copiedNumber }))
}

/** `names`: what the other end of each link is called. */
export async function openingViews(ctx: Ctx, rows: readonly OpeningRow[], names: ReadonlyMap<string, string>): Promise<OpeningView[]> {
  const contents = await ctx.vault.openMany<{ who: string; reason: string }>(openingContent, rows.map(contentCell))
  return rows.map(({ id, linkId, purpose, parts, number, openedAt }, index) => ({
    id, linkId, where: names.get(linkId) ?? '', who: contents[index]?.who ?? '', purpose, reason: contents[index]?.reason ?? '', parts: parts.split(','), number, openedAt,
  }))
}

export async function releaseViews(ctx: Ctx, rows: readonly ReleaseRow[]): Promise<ReleaseView[]> {
  const contents = await ctx.vault.openMany<{ reason: string; answer: string | null }>(releaseContent, rows.map(contentCell))
  return rows.map(({ id, askedBy, state, askedAt, dueAt, answeredAt, answeredBy }, index) => ({ id, askedBy, state, askedAt, dueAt, answeredAt, answeredBy, reason: contents[index]?.reason ?? '', answer: contents[index]?.answer ?? null }))
}

export const credentialView = (row: ListedCredential): CredentialView => ({
  id: row.id, linkId: row.linkId, kind: row.kind, label: row.label, tail: row.tail, state: credentialState(row), issuedAt: row.issuedAt, shownAt: row.shownAt, revokedAt: row.revokedAt,
})
