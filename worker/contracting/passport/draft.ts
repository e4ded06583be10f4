import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import type { PassportContact, PassportContent } from './contract.ts'
import { passportContact, passportContent } from './module.ts'
import { insertPassport, insertVersion, lookAgainOn, type VersionRow } from './store.ts'
import type { Opened } from './opened.ts'

/** The draft that a change goes into. `begins`: what makes it, where there was none; empty where it is there already. */
export type Draft = { readonly passportId: string; readonly version: VersionRow; readonly begins: readonly Write[] }

/**
 * The draft of a passport. A submitted version never changes, so the first change after it begins the next one, which refers
 * to the secrets of the one before without opening them. The expiry engine looks again, for a day may have changed.
 */
export async function draftOf(ctx: Ctx, { passport, version, contact, content }: Pick<Opened, 'passport' | 'version' | 'contact' | 'content'>): Promise<Draft> {
  const passportId = passport?.id ?? ctx.newId('pas')
  const look = passport ? [lookAgainOn(ctx.db, passportId, atOnce(ctx.now))] : [insertPassport(ctx.db, { id: passportId, state: 'draft', createdAt: ctx.now, remindOn: atOnce(ctx.now) })]
  if (version?.state === 'draft') return { passportId, version, begins: look }
  const id = ctx.newId('pve')
  const carried: VersionRow = {
    ...(version ?? nothing),
    ...(await sealedParts(ctx, id, contact, { ...content, licences: [], appointments: [] })),
    id, passportId, number: (version?.number ?? 0) + 1, state: 'draft', startedAt: ctx.now, savedAt: ctx.now, savedN: 0, submittedAt: null, submittedBy: null,
  }
  return { passportId, version: carried, begins: [...look, insertVersion(ctx.db, carried)] }
}

/** Today, to the very millisecond: the engine that looked meanwhile does not take this asking for its own. */
const atOnce = (now: number): string => new Date(now).toISOString()

/** Contact and content sealed for a version's row. */
export async function sealedParts(ctx: Ctx, id: string, contact: PassportContact, content: PassportContent): Promise<Pick<VersionRow, 'contact' | 'content' | 'sealVersion'>> {
  const [one, other] = await Promise.all([ctx.vault.seal(passportContact, id, contact), ctx.vault.seal(passportContent, id, content)])
  return { contact: one.sealed, content: other.sealed, sealVersion: one.sealVersion }
}

/** Names one state of the draft: whoever saves on top of another one is told. */
export const tagOf = (version: Pick<VersionRow, 'number' | 'savedN'> | undefined): string => `${version?.number ?? 0}.${version?.savedN ?? 0}`

/** Throws unless the change was made on what stands now. */
export function demandTag(version: VersionRow | undefined, seen: string): void {
  if (seen !== tagOf(version)) throw new Fault({ code: 'precondition_failed' })
}

const nothing = {
  kind: 'individual', npn: null, ssnId: null, einId: null, routingId: null, accountId: null, ssnLast4: null, routingLast4: null, accountLast4: null, accountType: null,
  coverCarrier: null, coverExpiresOn: null, amlOn: null, ceDueOn: null,
} as const
