import type { Manifest, ControlDeclaration, ControlStatus, RetentionRule } from '../module.ts'
import { PLATFORM, type Reach } from '../reach.ts'
import { publicVerifierKey } from '../audit/signing.ts'
import { policyFields, presets, type PresetName } from '../tenancy/contract.ts'
import { lowestRole } from '../rights.ts'
import { disclosure, notClaimed } from './controls.ts'
import type { Probe } from './probe.ts'
import { readingsSince, type KeptReading } from './store.ts'

/** Readings shown in a row's chart. */
const CHART = 24
const DAY_MS = 86_400_000

/** A test that carries a claim, as the build found it. */
export type Proof = { readonly title: string; readonly file: string }
export type Proofs = Readonly<Record<string, readonly Proof[]>>

export type ControlView = {
  id: string
  name: string
  /** `failing` is not declared by anyone: it is what an active control becomes when its probe does not pass. */
  status: ControlStatus | 'failing' | 'unread'
  how: string
  enforcedBy: readonly string[]
  frameworks: readonly string[]
  claims: readonly string[]
  evidence: ControlDeclaration['evidence'] | null
  probe: { id: string; says: string; unit: string; lastPassAt: number | null; latest: { at: number; value: string; passed: boolean } | null; history: { at: number; passed: boolean; measure: number | null }[] } | null
  proofs: readonly Proof[]
}

export type TrustView = {
  host: string
  readAt: number
  sandbox: boolean
  controls: ControlView[]
  passing: number
  probed: number
  matrix: { right: string; says: string; roles: Record<'owner' | 'admin' | 'member' | 'viewer', boolean>; key: string | null; policy: string | null; stepUp: string | null; claims: readonly string[] }[]
  sealedFields: { name: string; class: string; holds: readonly string[]; keeps: readonly string[]; blindIndex: readonly string[]; scope: string }[]
  retention: { name: string; what: string; keep: string; then: string; claims: readonly string[] }[]
  limits: { name: string; says: string; per: string; quota: number; windowS: number; claims: readonly string[] }[]
  policy: { key: string; says: string; source: string; values: Record<string, string | number> }[]
  subprocessors: Manifest['subprocessors'][number][]
  notClaimed: readonly string[]
  disclosure: readonly string[]
  log: { checkpoint: string | null; size: number; signedAt: number | null; publicKey: string; command: string }
}

/**
 * The trust page as data: what every manifest declares, beside what the probes last read. One read of the directory, one call
 * to the deployment's log. Nothing here is written for the page alone.
 */
export async function readTrust(reach: Reach, now: number, manifests: readonly Manifest[], probes: readonly Probe[], proofs: Proofs): Promise<TrustView> {
  const [readings, log] = await Promise.all([reach.directory.read(readingsSince(reach.directory, now - DAY_MS)), reach.chain.status(PLATFORM)])
  const sandbox = new URL(reach.env.ORIGIN).protocol === 'http:'
  const controls = manifests.flatMap((manifest) => manifest.controls).map((control) => controlView(control, probes, readings, proofs))
  const probed = controls.filter((control) => control.probe !== null)
  return {
    host: new URL(reach.env.ORIGIN).host,
    readAt: now,
    sandbox,
    controls: sandbox ? [...controls, sandboxControl] : controls,
    passing: probed.filter((control) => control.status === 'active').length,
    probed: probed.length,
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
    limits: manifests.flatMap((manifest) => manifest.limits).map((rule) => ({ name: rule.name, says: rule.says, per: rule.per, quota: rule.quota, windowS: rule.windowS, claims: rule.claims ?? [] })),
    policy: Object.entries(policyFields).map(([key, field]) => ({
      key,
      says: field.says,
      source: field.source,
      values: Object.fromEntries(Object.entries(presets).map(([preset, policy]) => [preset satisfies string as PresetName, policy[key as keyof typeof policy]])), // `as`: the keys of const objects
    })),
    subprocessors: manifests.flatMap((manifest) => [...manifest.subprocessors]),
    notClaimed,
    disclosure,
    log: {
      checkpoint: log.checkpoint?.note ?? null,
      size: log.size,
      signedAt: log.checkpoint?.at ?? null,
      publicKey: publicVerifierKey(reach.env),
      command: `npm run verify-audit -- EXPORT --key ${publicVerifierKey(reach.env)}`,
    },
  }
}

const order = ['viewer', 'member', 'admin', 'owner'] as const

const sandboxControl: ControlView = {
  id: 'sandbox', name: 'Vendor stand-ins in use', status: 'sandbox', how: 'This is the sandbox: mail is captured, not sent; its clock can be moved; its keys are marked as development keys.',
  enforcedBy: ['worker/sandbox.ts'], frameworks: [], claims: [], evidence: null, probe: null, proofs: [],
}

function controlView(control: ControlDeclaration, probes: readonly Probe[], readings: readonly KeptReading[], proofs: Proofs): ControlView {
  const probe = probes.find((each) => each.id === control.probe)
  const own = readings.filter((reading) => reading.control === control.probe)
  const latest = own[0] ?? null
  return {
    id: control.id,
    name: control.name,
    status: control.probe === undefined ? control.status : latest === null ? 'unread' : latest.passed ? control.status : 'failing',
    how: control.how,
    enforcedBy: control.enforcedBy,
    frameworks: control.frameworks ?? [],
    claims: control.claims,
    evidence: control.evidence ?? null,
    probe: probe
      ? {
          id: probe.id,
          says: probe.says,
          unit: probe.unit,
          lastPassAt: own.find((reading) => reading.passed)?.at ?? null,
          latest: latest && { at: latest.at, value: latest.value, passed: latest.passed },
          history: own.slice(0, CHART).reverse().map(({ at, passed, measure }) => ({ at, passed, measure })),
        }
      : null,
    proofs: uniqueProofs(control.claims.flatMap((id) => proofs[id] ?? [])),
  }
}

const uniqueProofs = (found: readonly Proof[]): Proof[] => [...new Map(found.map((proof) => [proof.title, proof])).values()]

/** A period as a person says it. */
export function keepInWords(keep: RetentionRule['keep']): string {
  if ('life' in keep) return `as long as the ${keep.life} lives`
  if ('policy' in keep) return `by policy: ${keep.policy}`
  const days = keep.ms / DAY_MS
  return days >= 1 ? `${days} ${days === 1 ? 'day' : 'days'}` : `${keep.ms / 3_600_000} hours`
}
