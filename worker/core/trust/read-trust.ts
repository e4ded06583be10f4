import { publicVerifierKey } from '../audit/signing.ts'
import type { ControlDeclaration, Manifest } from '../module.ts'
import { PLATFORM, type Reach } from '../reach.ts'
import { lowestRole } from '../rights.ts'
import { policyFields, presets, type PresetName } from '../tenancy/contract.ts'
import { controlView, type ControlView, type Readings } from './control-view.ts'
import { disclosure, notClaimed } from './controls.ts'
import { flowsOf, type FlowView } from './flows.ts'
import { keepInWords } from './keep-words.ts'
import type { Probe } from './probe.ts'
import { proofsFor, type Proofs } from './proof.ts'
import { securityContact } from './security-txt.ts'
import { alignments, areas, ours, principles, vendorVersions, yours, type Alignment, type Duty, type Held } from './standing.ts'
import { lastPass, latestOf } from './store.ts'
import { asWired, categoriesOf, vendorsOf, type CategoryView, type StandIn, type VendorView } from './vendors.ts'

/** Readings shown in a row's chart. */
const CHART = 24

/** Everything the page is made of besides what is measured: declared and proven. */
export type Declared = {
  readonly manifests: readonly Manifest[]
  readonly probes: readonly Probe[]
  readonly proofs: Proofs
  /** Rules that the hourly job carries out, and who carries out the rest. */
  readonly sweeps: readonly { readonly rule: string }[]
  readonly elsewhere: Readonly<Record<string, string>>
  /** What stands in for vendors here; null in production, where nothing can. */
  readonly standIns: readonly StandIn[] | null
}

export type TrustView = {
  host: string
  readAt: number
  /** Which build this is: the package's version and its commit. */
  version: string
  /** The commit whose full test run is recorded in this build; null where none is. */
  provenAt: string | null
  sandbox: boolean
  securityContact: string
  controls: ControlView[]
  /** Controls that a probe measures, and those of them that pass now: neither failing nor stale nor unread. */
  passing: number
  probed: number
  matrix: { right: string; says: string; roles: Record<'owner' | 'admin' | 'member' | 'viewer', boolean>; key: string | null; policy: string | null; stepUp: string | null; claims: readonly string[] }[]
  sealedFields: { name: string; class: string; holds: readonly string[]; keeps: readonly string[]; blindIndex: readonly string[]; scope: string }[]
  retention: { name: string; what: string; keep: string; then: string; claims: readonly string[] }[]
  /** What never comes to lie here, and where it ends instead. */
  never: { name: string; what: string; ends: string; claims: readonly string[] }[]
  flows: FlowView[]
  limits: { name: string; says: string; per: string; quota: number; windowS: number; policy: string | null; claims: readonly string[] }[]
  policy: { key: string; says: string; source: string; values: Record<string, string | number> }[]
  subprocessors: VendorView[]
  categories: CategoryView[]
  vendorVersions: readonly { version: number; on: string; says: string }[]
  principles: readonly Held[]
  areas: readonly Held[]
  ours: readonly Duty[]
  yours: readonly Duty[]
  alignments: (Alignment & { name: string; soc2: readonly string[] })[]
  notClaimed: readonly string[]
  disclosure: readonly string[]
  log: { checkpoint: string | null; size: number; signedAt: number | null; publicKey: string; command: string }
}

/**
 * The trust page as data: what every manifest declares, beside what the probes last read. One batch of the directory, whose
 * cost goes by the number of probes and not by what they have left, and one call to the deployment's log.
 */
export async function readTrust(reach: Reach, now: number, declared: Declared): Promise<TrustView> {
  const { manifests, standIns } = declared
  const { env } = reach
  const [readings, log] = await Promise.all([readingsOf(reach, declared.probes), reach.chain.status(PLATFORM)])
  const vendors = vendorsOf(env, manifests.flatMap((manifest) => manifest.subprocessors), standIns ?? [])
  // What the deployment says of itself as a whole comes before its areas.
  const wired = manifests.toSorted((a, b) => Number(b.name === 'trust') - Number(a.name === 'trust')).flatMap((manifest) => manifest.controls).map((control) => asWired(control, vendors))
  const proofs = proofsFor(env.VERSION, declared.proofs)
  const controls = wired.map((control) => controlOf(control, { wired, probes: declared.probes, readings, proofs, now }))
  const probed = controls.filter((control) => control.probe !== null)
  return {
    host: new URL(env.ORIGIN).host,
    readAt: now,
    version: env.VERSION,
    provenAt: proofs.commit,
    sandbox: standIns !== null,
    securityContact: securityContact(env),
    controls: [...vendors.flatMap((vendor) => (vendor.standIn === null ? [] : [standInRow(vendor.name, vendor.standIn)])), ...controls].sort(bySandbox),
    passing: probed.filter((control) => control.status === 'active').length,
    probed: probed.length,
    ...registers(manifests),
    flows: flowsOf(manifests, declared.sweeps, declared.elsewhere),
    subprocessors: vendors,
    categories: categoriesOf(vendors),
    vendorVersions: vendorVersions.map(({ version, on, says }) => ({ version, on, says })),
    principles,
    areas,
    ours,
    yours,
    alignments: alignments.map((alignment) => {
      const control = wired.find(({ id }) => id === alignment.control)
      return { ...alignment, name: control?.name ?? alignment.control, soc2: control?.frameworks ?? [] }
    }),
    notClaimed,
    disclosure,
    log: {
      checkpoint: log.checkpoint?.note ?? null,
      size: log.size,
      signedAt: log.checkpoint?.at ?? null,
      publicKey: publicVerifierKey(env),
      command: `npm run verify-audit -- EXPORT --key ${publicVerifierKey(env)}`,
    },
  }
}

/** What is rendered from the manifests alone. Pure. */
function registers(manifests: readonly Manifest[]): Pick<TrustView, 'matrix' | 'sealedFields' | 'retention' | 'never' | 'limits' | 'policy'> {
  return {
    matrix: manifests.flatMap((manifest) => manifest.rights).map((right) => ({
      right: right.right,
      says: right.says,
      roles: Object.fromEntries((['owner', 'admin', 'member', 'viewer'] as const).map((role) => [role, order.indexOf(role) >= order.indexOf(lowestRole(right, presets.combined))])) as TrustView['matrix'][number]['roles'], // `as`: fromEntries forgets the four keys
      key: right.keyScope ?? null,
      policy: right.policy ?? null,
      stepUp: right.stepUp ?? null,
      claims: right.claims ?? [],
    })),
    sealedFields: manifests.flatMap((manifest) => manifest.sealedFields).map((field) => ({ name: field.name, class: field.class, holds: field.holds, keeps: field.keeps ?? [], blindIndex: field.blindIndex ?? [], scope: field.scope })),
    retention: manifests.flatMap((manifest) => manifest.retention).map((rule) => ({ name: rule.name, what: rule.what, keep: keepInWords(rule.keep), then: rule.then, claims: rule.claims ?? [] })),
    never: manifests.flatMap((manifest) => manifest.retention).filter(({ keep }) => 'ms' in keep && keep.ms === 0).map((rule) => ({ name: rule.name, what: rule.what, ends: rule.enters, claims: rule.claims ?? [] })),
    limits: manifests.flatMap((manifest) => manifest.limits).map((rule) => ({ name: rule.name, says: rule.says, per: rule.per, quota: rule.quota, windowS: rule.windowS, policy: rule.policy ?? null, claims: rule.claims ?? [] })),
    policy: Object.entries(policyFields).map(([key, field]) => ({
      key,
      says: field.says,
      source: field.source,
      values: Object.fromEntries(Object.entries(presets).map(([preset, policy]) => [preset satisfies string as PresetName, policy[key as keyof typeof policy]])), // `as`: the keys of const objects
    })),
  }
}

const order = ['viewer', 'member', 'admin', 'owner'] as const

async function readingsOf({ directory }: Reach, probes: readonly Probe[]): Promise<ReadonlyMap<string, Readings>> {
  const [latest, passes] = [probes.map(({ id }) => latestOf(directory, id, CHART)), probes.map(({ id }) => lastPass(directory, id))]
  const answers = await directory.readAll([...latest, ...passes])
  // `as`: the batch answers in the order it was asked, first every probe's newest, then every probe's last pass
  return new Map(probes.map(({ id }, at) => [id, { latest: answers[at], lastPass: answers[probes.length + at] } as Readings]))
}

function controlOf(control: ControlDeclaration, found: { wired: readonly ControlDeclaration[]; probes: readonly Probe[]; readings: ReadonlyMap<string, Readings>; proofs: Proofs; now: number }): ControlView {
  const { wired, probes, readings, proofs, now } = found
  return controlView(control, {
    probe: probes.find((each) => each.id === control.probe),
    readings: readings.get(control.probe ?? '') ?? { latest: [], lastPass: undefined },
    after: wired.find(({ id }) => id === control.after),
    proofs,
    now,
  })
}

const standInRow = (vendor: string, says: string): ControlView => ({
  id: `sandbox.${vendor.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`, name: `${vendor}: a stand-in`, status: 'sandbox', how: says,
  enforcedBy: ['worker/sandbox.ts'], frameworks: [], claims: [], evidence: null, after: null, probe: null, proofs: [],
})

/** What is measured comes first; what a sandbox only plays comes last. */
const bySandbox = (a: ControlView, b: ControlView): number => Number(a.status === 'sandbox') - Number(b.status === 'sandbox')
