import type { Env } from '../core/env.ts'

/** The bindings of wrangler.sandbox.toml: production's, and the sandbox's own tables. */
export type SandboxEnv = Env & { readonly SANDBOX: D1Database }

/** Throws unless this Worker has them: the sandbox entry was started under another configuration. */
export function sandboxEnv(env: Env): SandboxEnv {
  const { SANDBOX } = env as Partial<SandboxEnv> // `as`: whether it is there is what this asks
  if (!SANDBOX) throw new TypeError('the sandbox entry runs under wrangler.sandbox.toml only')
  return { ...env, SANDBOX }
}
