import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { browserFor } from '../../../worker/core/identity/browser-cookie.ts'
import { SecondProof } from '../../../worker/core/identity/factor-contract.ts'
import { readProofWays } from '../../../worker/core/identity/read-proof-ways.ts'
import { verifySecondFactor } from '../../../worker/core/identity/verify-second-factor.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { ProofForms, ProofProblem } from '../../shell/proof-forms.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { safePath } from './safe-path.ts'

export const meta: MetaFunction = () => [{ title: 'Second factor · Countersign' }]

/** The second step of a sign-in. Whoever owes no factor (any more) is sent on. */
export const loader = page(async ({ door, url }) => {
  const account = await door.account({ halfSignedIn: true })
  const ways = await readProofWays(account)
  if (ways.password || account.session.mfaAt !== null) throw redirect(safePath(url.searchParams.get('then')))
  return { ways, csrf: await door.csrfToken() }
})

export const action = posted(async ({ door, url, form }) => {
  const proof = input(SecondProof, Object.fromEntries(form))
  const account = await door.account({ halfSignedIn: true })
  const { secret, codesLeft } = await verifySecondFactor(account, proof, await browserFor(door))
  await door.giveSession({ accountId: account.accountId, sid: account.session.sid, secret })
  // Whoever is down to the last codes should make new ones while it is signed in.
  throw redirect(proof.kind === 'recovery_code' && codesLeft < 3 ? '/profile/security?codes=few' : safePath(url.searchParams.get('then')))
})

export default function SecondFactor() {
  const { ways, csrf } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <PublicFrame title="One more step" lead="Your account asks for a second factor." csrf={csrf} after={<Elsewhere />}>
      <div className="grid gap-4">
        <ProofProblem refused={refused} />
        <ProofForms ways={ways} errors={fieldErrors(refused)} verb="Continue" />
      </div>
    </PublicFrame>
  )
}

function Elsewhere() {
  return (
    <PostForm action="/sign-out" reload>
      <button className="min-h-6 text-accent underline underline-offset-3">Sign in as somebody else</button>
    </PostForm>
  )
}
