import type { Manifest } from '../module.ts'
import { keepInWords } from './keep-words.ts'

/** One kind of thing we keep, from the way it comes in to the way it goes (CAL-47). */
export type FlowView = { name: string; what: string; enters: string; sealedIn: readonly string[]; keep: string; then: string; carriedOutBy: string }

/**
 * The path of everything that is kept: made of the retention rules that the hourly job runs and of the sealed fields that the
 * vault reads. `sweeps` are the rules the job carries out; `elsewhere` names who carries out the rest. Pure.
 */
export function flowsOf(manifests: readonly Manifest[], sweeps: readonly { readonly rule: string }[], elsewhere: Readonly<Record<string, string>>): FlowView[] {
  const swept = new Set(sweeps.map(({ rule }) => rule))
  return manifests
    .flatMap((manifest) => manifest.retention)
    .map(({ name, what, enters, sealedIn, keep, then }) => ({ name, what, enters, sealedIn: sealedIn ?? [], keep: keepInWords(keep), then, carriedOutBy: swept.has(name) ? 'the hourly job' : (elsewhere[name] ?? 'nobody') }))
}
