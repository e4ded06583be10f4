import { redirect } from '@remix-run/cloudflare'
import { beginOidc } from '../../../worker/core/identity/oidc/begin-oidc.ts'
import { page } from '../../page.ts'

/** Off to a provider. A GET, because nothing is kept of it: the trip is signed into its own state, bound to this browser. */
export const loader = page(async ({ door, params, url }) => {
  const provider = params['provider'] ?? ''
  const account = url.searchParams.has('link') ? await door.account() : null
  throw redirect(await beginOidc(account ?? door.visit(), { provider, ...(account ? { purpose: 'link', boundTo: account.session.sid } : signedOut(door.preSession(), url.searchParams.get('invitation'))) }))
})

const signedOut = (boundTo: string, invitation: string | null) =>
  invitation === null ? ({ purpose: 'sign_in', boundTo } as const) : ({ purpose: 'invite', boundTo, carried: invitation.slice(0, 300) } as const)
