import type { Presented, SeatCopy } from '../../../durable-objects/account-words.ts'
import type { AccountCtx } from '../ctx.ts'
import { mayAs } from '../rights.ts'
import { roles, type RightDeclaration, type Role } from '../module.ts'
import { rights as apiRights } from '../api/module.ts'
import { rights as auditRights } from '../audit/module.ts'
import { rights as deliveryRights } from '../delivery/module.ts'
import { rights as documentRights } from '../documents/module.ts'
import { policyOf } from '../tenancy/find-seat.ts'
import { roleLabel } from '../tenancy/contract.ts'
import { rights as tenancyRights } from '../tenancy/module.ts'
import type { Sealed } from '../vault/sealed.ts'
import { accountContact } from './module.ts'

/** Which right opens each of a tenant's own pages. */
const opens = {
  people: tenancyRights.readMembers,
  documents: documentRights.readDocuments,
  audit: auditRights.readAudit,
  policy: tenancyRights.readPolicy,
  keys: tenancyRights.readKeys,
  apiKeys: apiRights.readKeys,
  delivery: deliveryRights.readDeliveries,
  security: tenancyRights.settings,
} as const satisfies Record<string, RightDeclaration>
type Place = keyof typeof opens
const places = Object.keys(opens) as Place[] // `as`: the keys of a const object

/** What stands around every page: whose tenant, who is here, where they may go. No more than the guard already said. */
export type TenantShell = {
  tenantId: string
  tenantName: string
  personId: string
  personName: string
  personMail: string
  roleLabel: string
  tenants: { id: string; name: string; roleLabel: string }[]
  places: Place[]
  sandbox: boolean
  /** Owners and admins without a second factor are urged to set one up (IFD-50). */
  urgeMfa: boolean
}

/** Made from the guard's answer alone: no batch, one opening of the person's own name. */
export async function tenantShell(account: AccountCtx, seats: readonly SeatCopy[], active: SeatCopy | null, signedIn: Extract<Presented, { ok: true }>): Promise<TenantShell> {
  const person = signedIn.contact
    ? await account.platformVault.open<{ name: string; email: string }>(accountContact, account.accountId, { sealed: signedIn.contact.sealed as Sealed, sealVersion: signedIn.contact.sealVersion }) // `as`: RPC carries text; the vault authenticates it
    : { name: '', email: '' }
  const role = roleOf(active)
  const policy = policyOf(active?.preset ?? 'combined', active?.policy ?? {})
  return {
    tenantId: active?.tenantId ?? '',
    tenantName: active?.name ?? 'No tenant yet',
    personId: account.accountId,
    personName: person.name,
    personMail: person.email,
    roleLabel: active ? roleLabel(active.preset, role) : 'no seat yet',
    tenants: seats.map((seat) => ({ id: seat.tenantId, name: seat.name, roleLabel: roleLabel(seat.preset, roleOf(seat)) })),
    places: active ? places.filter((place) => mayAs(role, opens[place], policy)) : [],
    sandbox: account.reach.env.ORIGIN.startsWith('http://localhost'),
    urgeMfa: !signedIn.mfaEnrolled && roles.indexOf(role) >= roles.indexOf('admin'),
  }
}

const roleOf = (seat: SeatCopy | null): Role => roles.find((each) => each === seat?.role) ?? 'viewer'
