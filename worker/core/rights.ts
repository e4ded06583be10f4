import type { Actor, Ctx } from './ctx.ts'
import { Fault } from './failure.ts'
import { requireRecent, requireTicket } from './identity/step-up.ts'
import { roles, type RightDeclaration, type Role } from './module.ts'
import type { Policy } from './tenancy/contract.ts'

/**
 * The one place that decides who may. Every verb, whoever calls it, asks here with a right that its manifest declares; the
 * navigation and the public matrix read the same declarations. The role was read from `user_roles` and is held to it by the
 * fence in the verb's own batch, so that a demotion counts at once (CLN-21).
 */

/** Whether an actor holds a right under a policy. Pure. */
export function may(actor: Actor, right: RightDeclaration, policy: Policy): boolean {
  switch (actor.kind) {
    case 'member':
      return mayAs(actor.role, right, policy)
    case 'key':
      return right.keyScope !== undefined && actor.scopes.includes(right.keyScope)
    case 'system':
      return true // a job runs what its own code names; nobody outside can start one
    case 'carrier': // holds no right of the tenant's: verbs made for it ask whose key it is
    case 'visitor':
      return false
  }
}

/** Whether a member in this role holds a right: roles nest (IFD-67), and a policy value may raise the bar to the owner. */
export const mayAs = (role: Role, right: RightDeclaration, policy: Policy): boolean => roles.indexOf(role) >= roles.indexOf(lowestRole(right, policy))

/** The lowest role that holds a right under a policy. */
export function lowestRole(right: RightDeclaration, policy: Policy): Role {
  const values: Readonly<Record<string, string | number>> = policy
  return right.policy !== undefined && values[right.policy] === 'owner' ? 'owner' : right.atLeast
}

/**
 * Throws unless the actor holds the right: `role_required` where it does not, `step_up_required` where the right asks for a
 * recent proof and the last one is older than 15 minutes (CAL-36). A right that asks for an `exact` proof is demanded with
 * `demandExact` besides, last before the commit.
 */
export function demand(ctx: Ctx, right: RightDeclaration): void {
  if (!may(ctx.actor, right, ctx.policy)) throw new Fault({ code: 'role_required', need: right.right })
  if (right.stepUp === 'recent' && ctx.actor.kind === 'member') requireRecent(ctx)
}

/** Spends the ticket for exactly this act, or asks for one. Call `demand` first and this last before the commit. */
export async function demandExact(ctx: Ctx, right: RightDeclaration & { stepUp: 'exact' }, act: { row?: string; field?: string; reason?: string } = {}): Promise<void> {
  if (ctx.actor.kind === 'member') await requireTicket(ctx, { verb: right.right, ...act })
}
