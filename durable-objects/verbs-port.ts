/**
 * What an object may ask of the Worker around it. The wiring exports a WorkerEntrypoint named `Verbs` that implements this;
 * objects reach it through `ctx.exports`, so that no object ever touches D1, the vault or a signing key.
 */
export type VerbsPort = {
  /** Run the verb that `kind` names for `id` (a tenant, `platform`, or an object's own name) to its end. Throws when it failed. */
  wake(kind: WakeKind, id: string): Promise<void>
  /** Epoch milliseconds by the deployment's clock, which the sandbox can move forward. */
  now(): Promise<number>
  /** A signed note (C2SP signed-note) made of a checkpoint's text, by the deployment's signing key. */
  signNote(text: string): Promise<string>
  /** The text of a note that the deployment's key signed, or null for any other. */
  openNote(note: string): Promise<string | null>
}

/** `drain-outbox`: a tenant or `platform`; `drain-guard`: `account:<id>` or `key:<id>`; `announce-checkpoint`, `run-due`, `end-pops` and `stock-keys`: a tenant. */
export type WakeKind = 'drain-outbox' | 'drain-guard' | 'announce-checkpoint' | 'run-due' | 'end-pops' | 'stock-keys'

/** The port of an object, from its own context. */
export function verbsOf(ctx: { readonly exports: unknown }): VerbsPort {
  const { Verbs } = ctx.exports as { Verbs?: VerbsPort } // `as`: the runtime types exports by the entry file, which the floor may not import
  if (!Verbs) throw new TypeError('the entry exports no Verbs')
  return Verbs
}
