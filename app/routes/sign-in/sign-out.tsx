import { redirect } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { signOut } from '../../../worker/core/identity/sign-out.ts'
import { action as posted, page } from '../../page.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Button } from '../../ui/button.tsx'

export const meta = () => [{ title: 'Sign out · Countersign' }]

/** Looking at this page signs nobody out: no GET changes anything. */
export const loader = page(async ({ door }) => {
  if (!(await door.maybeAccount())) throw redirect('/sign-in')
  return { csrf: await door.csrfToken() }
})

export const action = posted(async ({ door }) => {
  const account = await door.maybeAccount()
  if (account) await signOut(account)
  door.dropSession()
  throw redirect('/sign-in')
})

export default function SignOutPage() {
  const { csrf } = useLoaderData<typeof loader>()
  return (
    <PublicFrame title="Sign out" lead="This browser’s session ends at once." csrf={csrf}>
      <PostForm action="/sign-out" reload>
        <Button tone="primary" size="lg" wide>
          Sign out
        </Button>
      </PostForm>
    </PublicFrame>
  )
}
