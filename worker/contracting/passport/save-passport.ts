import type { Ctx } from '../../core/ctx.ts'
import { Fault, isFault } from '../../core/failure.ts'
import { readDocument } from '../../core/documents/read-document.ts'
import { demand } from '../../core/rights.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import type { PassportContact, PassportContent, SecretField } from './contract.ts'
import { demandTag, draftOf, sealedParts, tagOf } from './draft.ts'
import { passportSaved, passportSecret, rights } from './module.ts'
import { openedVersion } from './opened.ts'
import type { PassportChange } from './steps/contract.ts'
import { insertSecret, newestSubmitted, newestVersion, passportOf, removeSecret, saveVersion, type VersionRow } from './store.ts'

/**
 * Save steps of the draft. `seen` is the tag of what the producer was looking at; on top of anything else nothing is saved.
 * A secret that is not typed stays as it is and is not opened; one that is typed becomes a row of its own. Answers with the tag to
 * save on next.
 */
export async function savePassport(ctx: Ctx, change: PassportChange, seen: string): Promise<{ tag: string }> {
  demand(ctx, rights.writePassport)
  const [passport, newest, submitted] = await ctx.db.readAll([passportOf(ctx.db), newestVersion(ctx.db), newestSubmitted(ctx.db)])
  demandTag(newest, seen)
  await demandDocuments(ctx, change)
  const before = await openedVersion(ctx, newest)
  const draft = await draftOf(ctx, { passport, version: newest, ...before })
  const secrets = await secretChanges(ctx, change, draft.version, submitted)
  const set = {
    ...clearParts(change),
    ...secrets.set,
    ...(await sealedParts(ctx, draft.version.id, contactAfter(before.contact, change), contentAfter(before.content, change))),
    savedAt: ctx.now,
    savedN: draft.version.savedN + 1,
  }
  await ctx.commit(
    [...draft.begins, ...secrets.made, saveVersion(ctx.db, draft.version, set), ...secrets.gone],
    passportSaved(draft.passportId, { version: draft.version.number, steps: Object.keys(change).join(',') }),
  )
  return { tag: tagOf({ ...draft.version, ...set }) }
}

const contactAfter = (before: PassportContact, { identity, addresses }: PassportChange): PassportContact => ({
  ...before,
  ...(identity ? { name: identity.name, businessName: identity.businessName, email: identity.email, phone: identity.phone, bornOn: identity.bornOn } : {}),
  ...(addresses ? { addresses } : {}),
})

const contentAfter = (before: PassportContent, { bank, cover, employment, background }: PassportChange): PassportContent => ({
  ...before,
  licences: [],
  appointments: [],
  ...(bank ? { voidedCheque: bank.voidedCheque } : {}),
  ...(cover ? { coverPolicyNumber: cover.coverPolicyNumber } : {}),
  ...(employment ? { employment } : {}),
  ...(background ? { background } : {}),
})

const clearParts = ({ identity, bank, cover, training }: PassportChange): Partial<VersionRow> => ({
  ...(identity ? { kind: identity.kind, npn: identity.npn } : {}),
  ...(bank ? { accountType: bank.accountType } : {}),
  ...(cover ? { coverCarrier: cover.coverCarrier, coverExpiresOn: cover.coverExpiresOn } : {}),
  ...(training ? { amlOn: training.amlOn, ceDueOn: training.ceDueOn } : {}),
})

/** The last four digits are all that is kept in clear of three of them; of an EIN nothing is (CIQ-22). */
const columns = {
  ssn: { id: 'ssnId', last4: 'ssnLast4' },
  ein: { id: 'einId', last4: null },
  routing: { id: 'routingId', last4: 'routingLast4' },
  account: { id: 'accountId', last4: 'accountLast4' },
} as const satisfies Record<SecretField, { id: keyof VersionRow; last4: keyof VersionRow | null }>

type SecretChanges = { readonly set: Partial<VersionRow>; readonly made: Write[]; readonly gone: Write[] }

/** Rows for what was typed. A row that the draft no longer refers to goes, unless the version submitted last means it. */
async function secretChanges(ctx: Ctx, { tax, bank }: PassportChange, draft: VersionRow, submitted: VersionRow | undefined): Promise<SecretChanges> {
  const typed: Partial<Record<SecretField, string | null>> = {}
  for (const field of tax?.forget ?? []) typed[field] = null
  for (const [field, value] of Object.entries({ ssn: tax?.ssn, ein: tax?.ein, routing: bank?.routing, account: bank?.account })) if (value !== undefined) typed[field as SecretField] = value // `as`: the four keys just written
  const changes: SecretChanges = { set: {}, made: [], gone: [] }
  for (const [name, value] of Object.entries(typed)) {
    const field = name as SecretField // `as`: likewise
    const { id: idColumn, last4 } = columns[field]
    const old = draft[idColumn]
    const row = value === null ? null : await sealedSecret(ctx, field, value)
    Object.assign(changes.set, { [idColumn]: row?.id ?? null }, last4 ? { [last4]: value?.slice(-4) ?? null } : {})
    if (row) changes.made.push(insertSecret(ctx.db, row))
    if (old !== null && old !== submitted?.[idColumn]) changes.gone.push(removeSecret(ctx.db, old))
  }
  return changes
}

async function sealedSecret(ctx: Ctx, field: SecretField, value: string) {
  const id = ctx.newId('psc')
  const cell = await ctx.vault.seal(passportSecret, id, { field, value })
  return { id, field, secret: cell.sealed, sealVersion: cell.sealVersion, createdAt: ctx.now }
}

/** Documents that a step names must be the tenant's own. */
async function demandDocuments(ctx: Ctx, { bank, background }: PassportChange): Promise<void> {
  const named = [
    ...(bank?.voidedCheque ? [{ id: bank.voidedCheque, pointer: '/bank/voidedCheque' }] : []),
    ...(background ?? []).flatMap(({ documents }, index) => documents.map((id) => ({ id, pointer: `/background/${index}/documents` }))),
  ]
  for (const { id, pointer } of named) {
    try {
      await readDocument(ctx, id)
    } catch (thrown) {
      if (!isFault(thrown) || thrown.failure.code !== 'not_found') throw thrown
      throw new Fault({ code: 'invalid', errors: [{ pointer, detail: 'There is no such document here. Upload it first.' }] })
    }
  }
}
