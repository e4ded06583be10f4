import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SignUp } from '../../../worker/core/identity/contract.ts'
import { startTenant } from '../../../worker/core/identity/start-tenant.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { TenantFields } from './tenant-fields.tsx'

export const meta = () => [{ title: 'Open a tenant · Countersign' }]

/** For a signed-in person without a tenant. */
export const loader = page(async ({ door }) => {
  await door.account()
  const { seats } = await door.seats()
  if (seats.length > 0) throw redirect('/')
  return { csrf: await door.csrfToken() }
})

export const action = posted(async ({ door, form }) => {
  const fields = input(SignUp.pick({ tenantName: true, kind: true, preset: true }), { tenantName: form.get('tenantName') ?? '', kind: form.get('kind') ?? '', preset: form.get('preset') ?? '' })
  await startTenant(await door.account(), { name: fields.tenantName, kind: fields.kind, preset: fields.preset })
  throw redirect('/')
})

export default function StartTenantPage() {
  const { csrf } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return (
    <PublicFrame title="Open a tenant" lead="You are in none yet. Open one for your firm, or ask an owner for an invitation." width="wide" csrf={csrf}>
      <PostForm className="grid gap-4">
        {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
        <TenantFields errors={fieldErrors(refused)} typed={refused?.typed ?? {}} />
        <Button tone="primary" size="lg" wide>
          Open it
        </Button>
      </PostForm>
    </PublicFrame>
  )
}
