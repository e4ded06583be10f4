/** A test that carries a claim. `result` is what the full run of this very commit came to; null where none is recorded. */
export type Proof = { readonly title: string; readonly file: string; readonly result: 'passed' | 'failed' | 'not run' | null }

/** Tests by the claim they carry, as the build found them. */
export type Proofs = {
  /** The commit whose full run is recorded, or null: then titles come from the tests' own sources and nothing is said to have passed. */
  readonly commit: string | null
  readonly claims: Readonly<Record<string, readonly Proof[]>>
  /** Tests by file, of the files that a control names as its proof. */
  readonly files: Readonly<Record<string, readonly Proof[]>>
}

/**
 * The proofs as they may be shown by a build called `version` (`0.1.0+<commit>`): a run of any other commit proves nothing
 * here. Pure.
 */
export function proofsFor(version: string, proofs: Proofs): Proofs {
  if (proofs.commit === null || version.endsWith(`+${proofs.commit.slice(0, 12)}`)) return proofs
  const unsaid = (by: Proofs['claims']) => Object.fromEntries(Object.entries(by).map(([key, some]) => [key, some.map((proof) => ({ ...proof, result: null }))]))
  return { commit: null, claims: unsaid(proofs.claims), files: unsaid(proofs.files) }
}
