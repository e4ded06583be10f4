import { cursorOf, positionOf, type Position } from '../api/cursor.ts'
import type { Ctx } from '../ctx.ts'
import type { Role } from '../module.ts'
import { demand, may } from '../rights.ts'
import type { InvitationView, MemberView } from './contract.ts'
import { rights } from './module.ts'
import { invitationPage, memberPage, roleCount } from './people-store.ts'
import { invitationViews, memberViews } from './views.ts'

/** Which part of the people page is asked for: one role or all, from behind a cursor of either list. */
export type PeopleAsked = { role?: Role | undefined; members?: string | undefined; invitations?: string | undefined; limit: number }

/** The people page: one page of members, how many hold each role, and the invitations. */
export type PeopleView = {
  preset: string
  members: MemberView[]
  nextMembers: string | null
  counts: Record<Role, number>
  /** Null where the reader may not see them. */
  invitations: InvitationView[] | null
  nextInvitations: string | null
  mayInvite: boolean
}

/** A page asks for one row more than it shows: of this many, none is read. */
const NONE = -1

/** Everything in one batch behind the fence; of invitations nothing is read for whoever may not see them. */
export async function readPeople(ctx: Ctx, asked: PeopleAsked): Promise<PeopleView> {
  demand(ctx, rights.readMembers)
  const { db, vault, policy } = ctx
  const seesInvitations = may(ctx.actor, rights.readInvitations, policy)
  const after = async (list: string, cursor: string | undefined): Promise<Position | null> => (cursor === undefined ? null : positionOf(vault, list, cursor))
  const [memberRows, owner, admin, member, viewer, invitationRows] = await db.readAll([
    memberPage(db, await after('members', asked.members), asked.limit, asked.role),
    roleCount(db, 'owner'),
    roleCount(db, 'admin'),
    roleCount(db, 'member'),
    roleCount(db, 'viewer'),
    invitationPage(db, await after('invitations', asked.invitations), seesInvitations ? asked.limit : NONE),
  ])
  const [members, invitations] = [memberRows.slice(0, asked.limit), invitationRows.slice(0, asked.limit)]
  const next = async (list: string, more: boolean, at: number | undefined, id: string | undefined) => (more && at !== undefined && id !== undefined ? cursorOf(vault, list, { at, id }) : null)
  return {
    preset: ctx.tenant.preset,
    members: await memberViews(ctx, members),
    nextMembers: await next('members', memberRows.length > asked.limit, members.at(-1)?.joinedAt, members.at(-1)?.id),
    counts: { owner, admin, member, viewer },
    invitations: seesInvitations ? await invitationViews(ctx, invitations) : null,
    nextInvitations: await next('invitations', invitationRows.length > asked.limit, invitations.at(-1)?.createdAt, invitations.at(-1)?.id),
    mayInvite: may(ctx.actor, rights.invite, policy),
  }
}
