import { useLoaderData } from '@remix-run/react'
import { page } from '../page.ts'
import { FrontPage } from './front-page.tsx'
import { HomePage } from './home-page.tsx'
import { readHome } from '../../worker/core/tenancy/read-home.ts'

/** `/`: the front page to a stranger, the tenant's home to a member. */
export const loader = page(async ({ door }) => {
  if (!(await door.maybeAccount())) return { home: null, csrf: await door.csrfToken() }
  const { active } = await door.seats()
  return { home: active ? await door.tenant(readHome) : { checks: [], recent: [], members: 0, name: '' }, csrf: '' }
})

export default function Home() {
  const { home, csrf } = useLoaderData<typeof loader>()
  return home ? <HomePage home={home} /> : <FrontPage csrf={csrf} />
}
