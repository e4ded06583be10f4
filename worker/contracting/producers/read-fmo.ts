import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand, may } from '../../core/rights.ts'
import type { CredentialView, FmoView, OpeningView, ReleaseView } from './contract.ts'
import { credentialsOf } from './credential-store.ts'
import { linkById, openingPage } from './link-store.ts'
import { rights } from './module.ts'
import { releasesOf } from './release-store.ts'
import { credentialView, fmoViews, openingViews, releaseViews } from './views.ts'

/** One FMO as its producer sees it: what it holds, what it opened, what it gave, and how to part. Stays readable after the end. */
export type FmoDetail = { fmo: FmoView; openings: OpeningView[]; releases: ReleaseView[]; credentials: CredentialView[]; mayRelease: boolean; mayShow: boolean }

const OPENINGS = 50

export async function readFmo(ctx: Ctx, linkId: string): Promise<FmoDetail> {
  demand(ctx, rights.readFmos)
  const { db } = ctx
  const [link, openings, releases, credentials] = await db.readAll([linkById(db, 'producer', linkId), openingPage(db, 'producer', linkId, null, OPENINGS), releasesOf(db, linkId), credentialsOf(db, 'producer', linkId)])
  const [fmo] = link ? await fmoViews(ctx, [link]) : []
  if (!fmo) throw new Fault({ code: 'not_found' })
  return {
    fmo,
    openings: await openingViews(ctx, openings.slice(0, OPENINGS), new Map([[linkId, fmo.name]])),
    releases: await releaseViews(ctx, releases),
    credentials: credentials.map(credentialView),
    mayRelease: may(ctx.actor, rights.askRelease, ctx.policy),
    mayShow: may(ctx.actor, rights.showCredential, ctx.policy),
  }
}
