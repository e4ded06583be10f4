import type { Ctx } from '../ctx.ts'
import { demand } from '../rights.ts'
import type { grantableRoles } from './contract.ts'
import { rights } from './module.ts'
import { offeredRoles } from './roles.ts'

/** What the invite form offers: the roles of the preset that the inviter may give, and how long the link lives. */
export type InvitingView = { preset: string; roles: (typeof grantableRoles)[number][]; days: number }

/** Asks for the proof that inviting needs before anything is typed, so that nothing typed is lost to it. */
export async function readInviting(ctx: Ctx): Promise<InvitingView> {
  demand(ctx, rights.invite)
  return { preset: ctx.tenant.preset, roles: offeredRoles(ctx), days: ctx.policy['invite.days'] }
}
