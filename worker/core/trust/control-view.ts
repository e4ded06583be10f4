import type { ControlDeclaration, ControlStatus } from '../module.ts'
import type { Probe } from './probe.ts'
import type { Proof, Proofs } from './proof.ts'
import { PROBE_EVERY_MS } from './run-probes.ts'
import type { KeptReading } from './store.ts'

/** A reading older than this is no reading of now: three runs of the probes were missed. */
export const STALE_MS = 3 * PROBE_EVERY_MS

/**
 * `failing`, `stale` and `unread` are declared by nobody: they are what an active control becomes when its probe or a test
 * did not pass, when the probes stopped, and while there is nothing to measure yet.
 */
export type ShownStatus = ControlStatus | 'failing' | 'stale' | 'unread'

export type ProbeView = {
  id: string
  says: string
  unit: string
  lastPass: { at: number; value: string } | null
  latest: { at: number; value: string; passed: boolean } | null
  /** Oldest first. */
  history: KeptReading[]
}

export type ControlView = {
  id: string
  name: string
  status: ShownStatus
  how: string
  enforcedBy: readonly string[]
  frameworks: readonly string[]
  claims: readonly string[]
  evidence: ControlDeclaration['evidence'] | null
  /** The control that has to stand first. */
  after: { id: string; name: string } | null
  probe: ProbeView | null
  proofs: readonly Proof[]
}

/** What was read of a probe: its newest readings, newest first, and its last pass, however long ago. */
export type Readings = { readonly latest: readonly KeptReading[]; readonly lastPass: KeptReading | undefined }

/** A declaration beside what was measured and proven of it. Pure. */
export function controlView(control: ControlDeclaration, found: { probe: Probe | undefined; readings: Readings; proofs: Proofs; after: ControlDeclaration | undefined; now: number }): ControlView {
  const { probe, readings, after, now } = found
  const proofs = uniqueProofs([...control.claims.flatMap((id) => found.proofs.claims[id] ?? []), ...(control.provenBy ?? []).flatMap((file) => found.proofs.files[file] ?? [])])
  const latest = readings.latest[0] ?? null
  return {
    id: control.id,
    name: control.name,
    status: control.status === 'active' ? measuredStatus(latest, proofs, now) : control.status,
    how: control.how,
    enforcedBy: control.enforcedBy,
    frameworks: control.frameworks ?? [],
    claims: control.claims,
    evidence: control.evidence ?? null,
    after: after ? { id: after.id, name: after.name } : null,
    probe: probe
      ? {
          id: probe.id,
          says: probe.says,
          unit: probe.unit,
          lastPass: readings.lastPass ? { at: readings.lastPass.at, value: readings.lastPass.value } : null,
          latest: latest && { at: latest.at, value: latest.value, passed: latest.passed },
          history: readings.latest.toReversed(),
        }
      : null,
    proofs,
  }
}

/** What a control declared `active` may say of itself. A pass without a figure measured nothing: there was nothing yet. */
function measuredStatus(latest: KeptReading | null, proofs: readonly Proof[], now: number): ShownStatus {
  if (proofs.length === 0 || proofs.some(({ result }) => result !== null && result !== 'passed')) return 'failing'
  if (latest === null) return 'unread'
  if (now - latest.at > STALE_MS) return 'stale'
  if (!latest.passed) return 'failing'
  return latest.measure === null ? 'unread' : 'active'
}

const uniqueProofs = (found: readonly Proof[]): Proof[] => [...new Map(found.map((proof) => [`${proof.file} ${proof.title}`, proof])).values()]
