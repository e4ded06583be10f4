import { useLoaderData, type MetaFunction } from '@remix-run/react'
import type { AccountCtx } from '../../worker/core/ctx.ts'
import { page } from '../page.ts'
import { FrontPage } from './front-page.tsx'
import { HomePage } from './home-page.tsx'
import { listClosings } from '../../worker/core/tenancy/call-off-closing.ts'
import { readHome, type HomeView } from '../../worker/core/tenancy/read-home.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.home ? `${data.home.name || 'Home'} · Countersign` : 'Countersign: a trust page that cannot lie' }]

/** `/`: the front page to a stranger, the tenant's home to a member. */
export const loader = page(async ({ door, product }) => {
  const account = await door.maybeAccount()
  if (!account) return { home: null, says: {}, csrf: await door.csrfToken() }
  const { active } = await door.seats()
  const home = active ? await door.tenant(readHome) : await homeless(account)
  const told = new Set(home.recent.map(({ name }) => name))
  const says: Record<string, string> = Object.fromEntries(product.events().filter(({ name }) => told.has(name)).map((event) => [event.name, event.says]))
  return { home, says, csrf: '' }
})

/** What somebody without a tenant can do: call back one that it closed, or open one. */
async function homeless(account: AccountCtx): Promise<HomeView> {
  const closings = await listClosings(account)
  return {
    name: '',
    members: 0,
    figures: { people: null, invitations: null, documents: null, deadLetters: null },
    log: null,
    recent: [],
    checks: [
      ...closings.map(({ name }) => ({ label: `${name} stands closed`, done: false, href: '/security/closings', hint: 'Until the grace period ends you can call it off.' })),
      { label: 'Open a tenant of your own', done: false, href: '/start', hint: 'Or ask an owner for an invitation: its link leads here.' },
    ],
  }
}

export default function Home() {
  const { home, says, csrf } = useLoaderData<typeof loader>()
  return home ? <HomePage home={home} says={says} /> : <FrontPage csrf={csrf} />
}
