import { vi } from 'vitest'
import type { AccountCtx, Visit } from '../../worker/core/ctx.ts'
import { reachOf } from '../../worker/core/reach.ts'
import { standInForOidc, standInProviders } from '../../worker/sandbox/identity-provider.ts'
import { asStranger, bindings, isolate } from './scene.ts'

/** Where the stand-in providers live as far as these tests are concerned. */
const HOST = 'https://login.example.org'

const configuration = JSON.stringify(standInProviders.map(({ id, label }) => ({ id, label, issuer: `${HOST}/sandbox/idp/${id}`, clientId: 'countersign', clientSecret: `sandbox-${id}` })))

/** Every request that leaves is answered by the sandbox's stand-in providers. Call before the first one; `vi.restoreAllMocks()` ends it. */
export function answerAsProviders(now: number): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => atProvider(new Request(input, init), now))
}

/** The deployment with both stand-ins configured. */
async function withProviders<T extends Visit>(visit: T): Promise<T> {
  return { ...visit, reach: await reachOf({ ...bindings, OIDC_PROVIDERS: configuration }, isolate) }
}

/** Somebody signed out, at `now`. */
export const visitorAt = async (now: number): Promise<Visit> => withProviders((await asStranger().door(now)).door.visit())

export const atProviders = (ctx: AccountCtx): Promise<AccountCtx> => withProviders(ctx)

/** A person at the provider's page: types an address (or refuses) and is sent back. Answers with what the callback is given. */
export async function atTheProvider(authorizeUrl: string, typed: { email: string } | { refuse: true }, now: number): Promise<URLSearchParams> {
  const url = new URL(authorizeUrl)
  url.pathname = url.pathname.replace(/\/authorize$/, '/continue')
  if ('email' in typed) url.searchParams.set('email', typed.email)
  else url.searchParams.set('deny', '1')
  const back = (await atProvider(new Request(url), now)).headers.get('Location')
  if (!back) throw new Error('the provider did not send anybody back')
  return new URL(back).searchParams
}

async function atProvider(request: Request, now: number): Promise<Response> {
  const { origin, pathname } = new URL(request.url)
  const provider = standInProviders.find(({ id }) => pathname.startsWith(`/sandbox/idp/${id}/`))
  if (origin !== HOST || !provider) return new Response('nobody is here', { status: 502 })
  const issuer = `${HOST}/sandbox/idp/${provider.id}`
  return standInForOidc(request, { ...provider, issuer, frame: (_, body) => body }, `${origin}${pathname}`.slice(issuer.length), now)
}
