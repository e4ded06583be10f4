import type { AccountCtx } from '../../worker/core/ctx.ts'
import type { PassportSnapshot } from '../../worker/contracting/passport/contract.ts'
import { emptyContact, emptyContent } from '../../worker/contracting/passport/contract.ts'
import { acceptProducerInvitation } from '../../worker/contracting/producers/accept-producer-invitation.ts'
import { copyPassport } from '../../worker/contracting/producers/copy-passport.ts'
import { mintProducerInvitation } from '../../worker/contracting/producers/invitation-token.ts'
import { inviteProducer } from '../../worker/contracting/producers/invite-producer.ts'
import { createDocument } from '../../worker/core/documents/create-document.ts'
import { stageContent } from '../../worker/core/documents/stage-content.ts'
import { storeDocument } from '../../worker/core/documents/store-document.ts'
import { newId } from '../../worker/core/id.ts'
import { runJob } from '../../worker/core/job.ts'
import { testClock } from './clock.ts'
import { newAccount, newTenant, testParts, type TestTenant } from './new-tenant.ts'
import { pdf } from './sample-files.ts'
import { drained, signedIn, type Browser } from './scene.ts'

/** An FMO. */
export const newFmo = (name = 'Harbor FMO'): Promise<TestTenant> => newTenant({ kind: 'fmo', preset: 'contractiq', name })

/** Somebody who was invited nowhere yet: an account without a tenant, at its browser. */
export type Invitee = { readonly accountId: string; readonly name: string; readonly email: string; readonly browser: Browser }
export async function newInvitee(name = 'Maria Alvarez'): Promise<Invitee> {
  const account = await newAccount(name)
  return { ...account, browser: await signedIn(account, null) }
}

/** The mailed token of a fresh invitation from an FMO. */
export const invitedBy = (fmo: TestTenant, { name, email }: { name: string; email: string }): Promise<string> =>
  fmo.asJob(async (ctx) => mintProducerInvitation(ctx.vault, (await inviteProducer(ctx, { name, email })).id))

/** A producer of an FMO: whose tenant it is, under which link, and a browser in it. */
export type Linked = { readonly producerId: string; readonly linkId: string; readonly person: Invitee; readonly browser: Browser }

/** Somebody invited by an FMO who accepted; the same person again under another FMO where it is handed in. */
export async function newLinked(fmo: TestTenant, person?: Invitee): Promise<Linked> {
  const invitee = person ?? (await newInvitee())
  const token = await invitedBy(fmo, invitee)
  const { tenantId, linkId } = await invitee.browser.runAsAccount((account: AccountCtx) => acceptProducerInvitation(account, token))
  await drained(fmo.id)
  await drained(tenantId)
  return { producerId: tenantId, linkId, person: invitee, browser: await signedIn(invitee, tenantId) }
}

/** A version as a producer submits one. */
export async function someSnapshot(over: { number?: number; ssn?: string | null; ein?: string | null; voidedCheque?: string; papers?: readonly string[] } = {}): Promise<PassportSnapshot> {
  const now = await testClock()
  const ssn = over.ssn === undefined ? '123-45-6789' : over.ssn
  return {
    passportId: newId('pas', now),
    versionId: newId('pve', now),
    number: over.number ?? 1,
    submittedAt: now,
    summary: {
      kind: 'individual', npn: '8812345', ssnLast4: ssn === null ? null : ssn.slice(-4), routingLast4: '0021', accountLast4: '4417', accountType: 'checking', hasEin: typeof over.ein === 'string', coverCarrier: 'Calder Mutual', coverExpiresOn: '2027-06-30', amlOn: '2026-02-01', ceDueOn: null,
    },
    parts: {
      contact: { ...emptyContact, name: { first: 'Maria', middle: null, last: 'Alvarez', suffix: null }, email: 'maria@alvarez.example', phone: '(503) 555-0147', bornOn: '1984-03-09' },
      secret: { ssn: ssn?.replaceAll('-', '') ?? null, ein: over.ein ?? null, routing: '121000021', account: '99887744174417' },
      content: {
        ...emptyContent,
        voidedCheque: over.voidedCheque ?? null,
        background: over.papers ? [{ question: 'lawsuit', answer: true, explanation: 'Settled in 2019.', documents: [...over.papers] }] : [],
        licences: [
          { state: 'OR', number: 'OR-5501', lines: ['life', 'health'], issuedOn: '2024-01-10', expiresOn: '2027-01-31', resident: true, status: 'active' },
          { state: 'WA', number: 'WA-7702', lines: ['life'], issuedOn: null, expiresOn: '2026-12-15', resident: false, status: 'active' },
        ],
      },
    },
  }
}

/** A document in a producer's tenant, for its passport to name. */
export async function paperOf(producerId: string, { name = 'Voided cheque.pdf', bytes = pdf('Void'), type = 'application/pdf' } = {}): Promise<string> {
  const id = await inTenant(producerId, async (ctx) => {
    const begun = await createDocument(ctx, { name, category: 'other', phi_ack: true })
    await storeDocument(ctx, await stageContent(ctx, { documentId: begun.id, bytes: new Blob([bytes]).stream(), claimedType: type }))
    return begun.id
  })
  return id ?? ''
}

/** The copy that follows a submission, for an FMO. */
export async function copiedTo(fmo: TestTenant, { linkId, producerId }: Pick<Linked, 'linkId' | 'producerId'>, snapshot?: PassportSnapshot): Promise<PassportSnapshot> {
  const version = snapshot ?? (await someSnapshot())
  await copyPassport(await testParts(), fmo.id, linkId, version)
  await drained(fmo.id)
  await drained(producerId)
  return version
}

/** A verb as the job of a tenant that is no TestTenant. */
export const inTenant = async <T>(tenantId: string, verb: Parameters<typeof runJob<T>>[3]): Promise<T | null> => runJob(await testParts(), tenantId, 'test', verb)
