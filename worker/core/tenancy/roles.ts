import type { Actor, Ctx } from '../ctx.ts'
import { roles, type Role } from '../module.ts'
import { grantableRoles } from './contract.ts'

/** The roles somebody can be invited to here: the viewer's is a matter of policy, and nobody gives more than it has. */
export const offeredRoles = (ctx: Ctx): (typeof grantableRoles)[number][] => grantableRoles.filter((role) => (role !== 'viewer' || ctx.policy['roles.viewer'] === 'on') && mayGive(ctx.actor, role))

/** Whether an actor may give somebody this role: none above its own. Pure. */
export const mayGive = (actor: Actor, role: Role): boolean => actor.kind === 'system' || (actor.kind === 'member' && roles.indexOf(role) <= roles.indexOf(actor.role))

/** Whether an actor may change or remove somebody in this role: nobody above itself, and the owner only by handing over. Pure. */
export const mayTouch = (actor: Actor, role: Role): boolean => role !== 'owner' && mayGive(actor, role)
