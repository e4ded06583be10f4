import type { Env } from '../env.ts'
import { providersOf } from '../identity/oidc/providers.ts'
import { mailProvider } from '../delivery/mail-provider.ts'
import type { ControlDeclaration, Subprocessor } from '../module.ts'

/** A vendor that a development machine stands in for: by its name in the register, and what happens instead. */
export type StandIn = { readonly vendor: string; readonly says: string }

/** A vendor really wired in. `attests` is null for one that the deployment's operator chose: we have not looked at it. */
export type VendorView = {
  name: string
  category: Subprocessor['category']
  /** `sandbox`: a stand-in on this machine answers in its place. */
  status: 'active' | 'sandbox'
  purpose: string
  handles: string
  optional: boolean
  attests: { says: string; href: string; checked: string } | null
  replaces: readonly string[]
  standIn: string | null
}

/** One of the categories that the register must speak of, with its vendors or an explicit none (CLN-85). */
export type CategoryView = { category: Subprocessor['category']; names: readonly string[]; none: string | null }

/** The categories every register must speak of, and what stands there while no vendor does. */
const spokenOf: readonly (readonly [Subprocessor['category'], string])[] = [
  ['hosting', 'none'],
  ['authentication', 'none: sign-in is run by this deployment itself'],
  ['ai', 'none of ours: a tenant may connect an endpoint of its own for summaries of calls, with numbers and known names taken out; until then nothing is sent'],
  ['licence registry', 'none: no registry is asked'],
  ['email', 'none: mail waits in the queue until a provider is configured'],
  ['analytics', 'none: no analytics, no tracking'],
]

/** The vendors of this very deployment: what its manifests declare, where its environment has switched it on, and its own providers of identities. */
export function vendorsOf(env: Env, declared: readonly Subprocessor[], standIns: readonly StandIn[]): VendorView[] {
  const standInOf = (name: string) => standIns.find(({ vendor }) => vendor === name)?.says ?? null
  const known = declared
    .filter(({ wired }) => wired === 'always' || mailProvider(env) !== null)
    .map(({ name, category, purpose, handles, optional, attests, evidence, checked, replaces }) => ({ name, category, purpose, handles, optional, attests: { says: attests, href: evidence, checked }, replaces }))
  const chosen = providersOf(env).map(({ label, issuer }) => ({
    name: label,
    category: 'authentication' as const,
    purpose: `Signs in whoever chooses it (OpenID Connect, ${new URL(issuer).host})`,
    handles: 'That a person signs in here, and when; it tells us a subject and an e-mail address',
    optional: true,
    attests: null,
    replaces: [],
  }))
  return [...known, ...chosen].map((vendor) => ({ ...vendor, standIn: standInOf(vendor.name), status: standInOf(vendor.name) === null ? 'active' : 'sandbox' }))
}

/** The six categories, each with its vendors or why there is none. Pure. */
export const categoriesOf = (vendors: readonly VendorView[]): CategoryView[] =>
  spokenOf.map(([category, none]) => {
    const names = vendors.filter((vendor) => vendor.category === category).map(({ name }) => name)
    return { category, names, none: names.length === 0 ? none : null }
  })

/**
 * A declaration as it is true of this deployment: other words where a vendor is wired in, and `sandbox` where what it says of
 * a provider is a stand-in's here. Pure.
 */
export function asWired(control: ControlDeclaration, vendors: readonly VendorView[]): ControlDeclaration {
  const host = vendors.find(({ category }) => category === 'hosting')
  if (control.status === 'provider' && host?.standIn) return { ...control, status: 'sandbox', how: `${host.standIn} Of a deployment it is true that: ${control.how}` }
  const wired = vendors.filter(({ category }) => category === control.whenWired?.category).map(({ name }) => name)
  if (!control.whenWired || wired.length === 0) return control
  return { ...control, name: control.whenWired.name, how: control.whenWired.how.replace('{vendors}', wired.join(', ')) }
}
