import type { Ctx } from '../../core/ctx.ts'
import { may } from '../../core/rights.ts'
import type { ProducerView } from './contract.ts'
import { openProducerInvitationCount } from './invitation-store.ts'
import { coverLapsed, linkCount, waitingCount } from './link-store.ts'
import { listProducers } from './list-producers.ts'
import { rights } from './module.ts'
import { openReleaseCount } from './release-store.ts'

/** The producers' page: one page of the list, and how the whole stands. */
export type ProducersView = {
  producers: ProducerView[]
  next: string | null
  figures: { active: number; released: number; waiting: number; invited: number; releasesOpen: number; coverLapsed: number }
  mayInvite: boolean
  mayExport: boolean
}

/** Counted in one batch; each figure leads to its rows. */
export async function readProducers(ctx: Ctx, page: Parameters<typeof listProducers>[1]): Promise<ProducersView> {
  const { producers, next } = await listProducers(ctx, page)
  const { db, now, actor, policy } = ctx
  const [active, released, waiting, invited, releasesOpen, lapsed] = await db.readAll([
    linkCount(db, 'fmo', 'active'), linkCount(db, 'fmo', 'ended'), waitingCount(db), openProducerInvitationCount(db, now), openReleaseCount(db), coverLapsed(db, new Date(now).toISOString().slice(0, 10)),
  ])
  return { producers, next, figures: { active, released, waiting, invited, releasesOpen, coverLapsed: lapsed }, mayInvite: may(actor, rights.invite, policy), mayExport: may(actor, rights.exportRoster, policy) }
}
