import { z } from 'zod'
import type { Env } from '../../env.ts'
import { Fault } from '../../failure.ts'

const Provider = z.object({
  /** Ours: stands in URLs and entries. */
  id: z.string().regex(/^[a-z][a-z0-9_]{1,30}$/),
  /** What the button says after "Continue with". */
  label: z.string().min(1).max(40),
  /** A path is below our own origin: the stand-ins of a development machine. */
  issuer: z.string().min(1),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
})

/** An outside provider of identities (OpenID Connect Core 1.0), as the deployment configured it. */
export type Provider = z.output<typeof Provider>

/** The providers of this deployment (CAL-104), in the order their buttons stand. A malformed list is the deployment's fault and says so. */
export function providersOf(env: Env): Provider[] {
  if (!env.OIDC_PROVIDERS) return []
  const parsed = z.array(Provider).safeParse(jsonOf(env.OIDC_PROVIDERS))
  if (!parsed.success) throw new Fault({ code: 'unavailable', reason: 'OIDC_PROVIDERS is not a list of providers' })
  // In the one spelling of a URL, so that a slash more or less is not another issuer.
  return parsed.data.map((provider) => ({ ...provider, issuer: new URL(provider.issuer, env.ORIGIN).href }))
}

/** Throws `not_found` for a provider that is not configured. */
export function providerNamed(env: Env, id: string): Provider {
  const provider = providersOf(env).find((each) => each.id === id)
  if (!provider) throw new Fault({ code: 'not_found' })
  return provider
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown // `as`: JSON.parse says any
  } catch {
    return null
  }
}
