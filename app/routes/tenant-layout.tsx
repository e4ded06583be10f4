import { Outlet, useLoaderData } from '@remix-run/react'
import { useMemo } from 'react'
import { callsPlaces } from '../../worker/calls/places.ts'
import { contractingPlaces } from '../../worker/contracting/places.ts'
import { tenantShell } from '../../worker/core/identity/tenant-shell.ts'
import { page } from '../page.ts'
import { Shell } from '../shell/shell.tsx'
import { UrgeMfa } from '../shell/urge-mfa.tsx'
import { callsNav } from './calls/calls-nav.ts'
import { ScreenPops } from './calls/screen-pops.tsx'
import { contractingNav } from './contracting/contracting-nav.ts'

/** Around every page of a signed-in person. Signed out there is nothing to put around: `/` shows the front page. */
export const loader = page(async ({ door }) => {
  const account = await door.maybeAccount()
  if (!account) return null
  const { seats, active, signedIn } = await door.seats()
  // With the password alone nobody sees so much as the names of the tenants.
  if (signedIn.mfaEnrolled && account.session.mfaAt === null) return null
  return { ...(await tenantShell(account, seats, active, signedIn)), contracting: contractingPlaces(active), calls: callsPlaces(active), csrf: await door.csrfToken(), now: door.now }
})

export default function TenantLayout() {
  const shell = useLoaderData<typeof loader>()
  const contracting = shell?.contracting
  const calls = shell?.calls
  const modulesNav = useMemo(() => [...contractingNav(contracting ?? []), ...callsNav(calls ?? [])], [contracting, calls])
  if (!shell) return <Outlet />
  return (
    <Shell {...shell} modulesNav={modulesNav}>
      {shell.urgeMfa ? <UrgeMfa /> : null}
      <Outlet />
      {calls?.includes('now') ? <ScreenPops /> : null}
    </Shell>
  )
}
