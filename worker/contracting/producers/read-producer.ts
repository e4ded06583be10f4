import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { may } from '../../core/rights.ts'
import type { PassportSummary } from '../passport/contract.ts'
import type { CopiedLicence, CredentialView, OpeningView, ProducerView, ReleaseView } from './contract.ts'
import { credentialsOf } from './credential-store.ts'
import { demandAsFmo } from './demand-side.ts'
import { countHere } from './document-store.ts'
import { activeLink, copyFigures, licencesOf, openingPage, type CopyFigures } from './link-store.ts'
import { rights } from './module.ts'
import { copyIdOf } from './policy.ts'
import { releasesOf } from './release-store.ts'
import { credentialView, licenceView, openingViews, producerViews, releaseViews } from './views.ts'

/** A producer and everything the FMO has about the link, without anything of the passport being opened. */
export type ProducerDetail = {
  producer: ProducerView
  licences: CopiedLicence[]
  /** How many documents of theirs are here to be opened. */
  documents: number
  openings: OpeningView[]
  releases: ReleaseView[]
  credentials: CredentialView[]
  mayOpen: boolean
  mayRelease: boolean
  mayIssue: boolean
}

/** How many openings the page shows; the whole list is the log's. */
const OPENINGS = 20

/** `not_found` for a link that ended: from the release on the FMO has no way to it. */
export async function readProducer(ctx: Ctx, linkId: string): Promise<ProducerDetail> {
  demandAsFmo(ctx, rights.readProducers)
  const { db, policy, actor } = ctx
  const [link, copy, licences, documents, openings, releases, credentials] = await db.readAll([
    activeLink(db, 'fmo', linkId), copyFigures(db, linkId), licencesOf(db, copyIdOf(linkId)), countHere(db, linkId), openingPage(db, 'fmo', linkId, null, OPENINGS), releasesOf(db, linkId), credentialsOf(db, 'fmo', linkId),
  ])
  const [producer] = link ? await producerViews(ctx, [link], copy ? [copy] : []) : []
  if (!producer) throw new Fault({ code: 'not_found' })
  return {
    producer,
    licences: licences.map(licenceView),
    documents,
    openings: await openingViews(ctx, openings.slice(0, OPENINGS), new Map([[linkId, ctx.tenant.name]])),
    releases: await releaseViews(ctx, releases),
    credentials: credentials.map(credentialView),
    mayOpen: may(actor, rights.openCopy, policy),
    mayRelease: may(actor, rights.askRelease, policy),
    mayIssue: may(actor, rights.issueCredential, policy),
  }
}

/** What gates ask of a linked producer: what lies in clear, nothing opened. Null before the first copy; `not_found` without a link. */
export async function readCopiedSummary(ctx: Ctx, linkId: string): Promise<{ producerId: string; name: string; passport: (PassportSummary & Pick<CopyFigures, 'number' | 'hasEmployment' | 'hasCheque'>) | null; licences: CopiedLicence[] }> {
  const { db } = ctx
  const [link, copy, licences] = await db.readAll([activeLink(db, 'fmo', linkId), copyFigures(db, linkId), licencesOf(db, copyIdOf(linkId))])
  const [producer] = link ? await producerViews(ctx, [link], copy ? [copy] : []) : []
  if (!link || !producer) throw new Fault({ code: 'not_found' })
  const passport = producer.passport && copy ? { ...producer.passport, hasEmployment: copy.hasEmployment, hasCheque: copy.hasCheque } : null
  return { producerId: link.otherId, name: producer.name, passport, licences: licences.map(licenceView) }
}
