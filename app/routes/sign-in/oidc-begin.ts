import { redirect } from '@remix-run/cloudflare'
import { beginOidc } from '../../../worker/core/identity/oidc/begin-oidc.ts'
import { page } from '../../page.ts'

/** Off to a provider. A GET, because nothing is kept of it: the trip is signed into its own state, bound to this browser. */
export const loader = page(async ({ door, params, url }) => {
  const provider = params['provider'] ?? ''
  const account = url.searchParams.has('link') ? await door.account() : null
  const trip = account ? ({ purpose: 'link', boundTo: account.session.sid } as const) : ({ purpose: 'sign_in', boundTo: door.preSession() } as const)
  throw redirect(await beginOidc(account ?? door.visit(), { provider, ...trip }))
})
