import { isFault } from '../failure.ts'
import type { Ctx } from '../ctx.ts'
import { may } from '../rights.ts'
import { rights } from './module.ts'
import { memberCount, openInvitationCount } from './store.ts'

/** What a member sees first: what is still to do, and what happened last. */
export type HomeView = {
  name: string
  members: number
  checks: { label: string; done: boolean; href: string; hint: string }[]
  recent: { n: number; name: string; subject: string; at: number }[]
}

/** One batch for the counts, one call for the last entries of the log. */
export async function readHome(ctx: Ctx): Promise<HomeView> {
  const [members, invitations] = await ctx.db.readAll([memberCount(ctx.db), openInvitationCount(ctx.db, ctx.now)])
  const mfa = ctx.actor.kind === 'member' && ctx.actor.session.mfaAt !== null
  return {
    name: ctx.tenant.name,
    members,
    checks: [
      { label: 'Protect your own sign-in', done: mfa, href: '/profile/security', hint: 'Add a passkey or an authenticator; your password alone is one guess away.' },
      ...(may(ctx.actor, rights.invite, ctx.policy) ? [{ label: 'Invite a colleague', done: members > 1 || invitations > 0, href: '/people', hint: 'They get a link that works once and ends by itself.' }] : []),
      ...(may(ctx.actor, rights.readPolicy, ctx.policy) ? [{ label: 'Read your policy', done: false, href: '/policy', hint: 'Locks, sessions, retention: what holds here, and how far you may tighten it.' }] : []),
    ],
    recent: await lastEntries(ctx),
  }
}

/** The log's last entries that this member did; the whole log is the audit page's. */
async function lastEntries(ctx: Ctx): Promise<HomeView['recent']> {
  try {
    const page = await ctx.reach.chain.query(ctx.tenant.id, { actor: ctx.eventActor.id }, null, 8)
    return page.entries.map(({ n, name, subject, at }) => ({ n, name, subject, at }))
  } catch (thrown) {
    if (isFault(thrown)) throw thrown
    return [] // the chain is away: the home page does without, nothing is lost
  }
}
