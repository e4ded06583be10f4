import type { Env } from '../core/env.ts'
import { providersOf } from '../core/identity/oidc/providers.ts'
import type { StandIn } from '../core/trust/vendors.ts'

/** What this sandbox stands in for, by the names of the trust page: the host always, and each vendor whose address is one of ours. */
export const standInsOf = (env: Env): StandIn[] => [
  { vendor: 'Cloudflare', says: 'This is the sandbox: the Worker, its databases and its buckets run on this machine, under development keys and a clock that can be moved.' },
  ...(isOurs(env, env.RESEND_URL) ? [{ vendor: 'Resend', says: 'Mail is captured on the Sandbox page and sent to nobody.' }] : []),
  ...providersOf(env)
    .filter(({ issuer }) => isOurs(env, issuer))
    .map(({ label }) => ({ vendor: label, says: 'A provider of identities that believes whatever is typed, served by this sandbox.' })),
]

const isOurs = (env: Env, url: string | undefined): boolean => url !== undefined && new URL(url, env.ORIGIN).href.startsWith(`${env.ORIGIN}/sandbox/`)
