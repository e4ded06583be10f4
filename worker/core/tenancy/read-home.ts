import type { DayCount, EntryRow, LogStatus } from '../../../durable-objects/audit-words.ts'
import { rights as auditRights } from '../audit/module.ts'
import type { Ctx } from '../ctx.ts'
import { rights as deliveryRights } from '../delivery/module.ts'
import { countDeliveries } from '../delivery/store.ts'
import { rights as documentRights } from '../documents/module.ts'
import { countDocuments } from '../documents/store.ts'
import { isFault } from '../failure.ts'
import { may } from '../rights.ts'
import { rights } from './module.ts'
import { memberCount, openInvitationCount, policyVersionCount } from './store.ts'

/** What a member sees first: how things stand, what is still to do, and what happened last. */
export type HomeView = {
  name: string
  members: number
  /** Each is null where the page behind it is closed to the reader: a number leads to its rows or is not shown. */
  figures: { people: number | null; invitations: number | null; documents: number | null; deadLetters: number | null }
  /** How the tenant's log stands; null for whoever may not read it, or while it cannot be reached. */
  log: (Pick<LogStatus, 'size' | 'verifiedTo' | 'brokenAt' | 'refusal'> & { signedTo: number; signedAt: number | null; days: readonly DayCount[] }) | null
  checks: { label: string; done: boolean; href: string; hint: string }[]
  recent: { n: number; name: string; subject: string; at: number }[]
}

/** One batch for the counts, one call for the log. */
export async function readHome(ctx: Ctx): Promise<HomeView> {
  const opens = (right: Parameters<typeof may>[1]): boolean => may(ctx.actor, right, ctx.policy)
  const [[members, invitations, documents, deadLetters, policies], log] = await Promise.all([
    ctx.db.readAll([memberCount(ctx.db), openInvitationCount(ctx.db, ctx.now), countDocuments(ctx.db, 'stored'), countDeliveries(ctx.db, 'dead'), policyVersionCount(ctx.db)]),
    logOf(ctx),
  ])
  const mfa = ctx.actor.kind === 'member' && ctx.actor.session.mfaAt !== null
  return {
    name: ctx.tenant.name,
    members,
    figures: {
      people: opens(rights.readMembers) ? members : null,
      invitations: opens(rights.readInvitations) ? invitations : null,
      documents: opens(documentRights.readDocuments) ? documents : null,
      deadLetters: opens(deliveryRights.readDeliveries) ? deadLetters : null,
    },
    log: opens(auditRights.readAudit) ? log.standing : null,
    checks: [
      { label: 'Protect your own sign-in', done: mfa, href: '/profile/security', hint: 'Add a passkey or an authenticator; your password alone is one guess away.' },
      ...(opens(rights.invite) ? [{ label: 'Invite a colleague', done: members > 1 || invitations > 0, href: '/people', hint: 'They get a link that works once and ends by itself.' }] : []),
      ...(opens(documentRights.uploadDocument) ? [{ label: 'Upload a first document', done: documents > 0, href: '/documents', hint: 'It is encrypted under a key of its own before it is stored.' }] : []),
      ...(opens(rights.readPolicy) ? [{ label: 'Tighten your policy', done: policies > 1, href: '/policy', hint: 'Locks, sessions, retention: what holds here, and how far you may tighten it.' }] : []),
    ],
    recent: log.recent,
  }
}

const listed = ({ n, name, subject, at }: EntryRow): HomeView['recent'][number] => ({ n, name, subject, at })

/** How the log stands, and the last entries of it that this member made; the whole log is the audit page's. */
async function logOf(ctx: Ctx): Promise<{ standing: HomeView['log']; recent: HomeView['recent'] }> {
  try {
    const { page, status, figures } = await ctx.reach.chain.overview(ctx.tenant.id, ctx.now, { actor: ctx.eventActor.id }, null, 8)
    const { size, verifiedTo, brokenAt, refusal, checkpoint } = status
    return { standing: { size, verifiedTo, brokenAt, refusal, signedTo: checkpoint?.size ?? 0, signedAt: checkpoint?.at ?? null, days: figures.days }, recent: page.entries.map(listed) }
  } catch (thrown) {
    if (isFault(thrown)) throw thrown
    return { standing: null, recent: [] } // the chain is away: the home page does without, nothing is lost
  }
}
