import { VaultFault } from './fault.ts'

/** A manifest's promise that a verb shows a secret: the verb, the sealed field, and the literal `true`. */
export type RevealEntry = { readonly verb: string; readonly field: string; readonly reveals: true }

/**
 * Leave to open one secret field. Nominal through its #private part: no object literal and no other class passes for it,
 * and the class itself is not exported, so `grantReveal` is the only way to one.
 */
export type RevealGrant = Grant

class Grant {
  readonly #entry: RevealEntry

  constructor(entry: RevealEntry) {
    this.#entry = entry
  }

  /** Throws unless this is a real grant for this very field; a look-alike forced through a cast has no #entry. */
  static check(grant: unknown, sealName: string): void {
    const real = typeof grant === 'object' && grant !== null && #entry in grant
    if (!real || grant.#entry.field !== sealName) throw new VaultFault('class_refused', { sealName })
  }
}

/** A grant from a manifest entry. An entry without `reveals: true` does not compile here. */
export function grantReveal(entry: RevealEntry): RevealGrant {
  if (entry.reveals !== true) throw new VaultFault('class_refused', { sealName: entry.field })
  return new Grant(entry)
}

/** Throws `class_refused` unless `grant` was made for `sealName`. */
export function checkGrant(grant: RevealGrant, sealName: string): void {
  Grant.check(grant, sealName)
}
