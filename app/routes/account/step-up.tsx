import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, useSearchParams, type MetaFunction } from '@remix-run/react'
import { Fault } from '../../../worker/core/failure.ts'
import { browserFor } from '../../../worker/core/identity/browser-cookie.ts'
import { StepUpProof } from '../../../worker/core/identity/factor-contract.ts'
import { proveAgain, waitingTicket } from '../../../worker/core/identity/prove-again.ts'
import { readProofWays } from '../../../worker/core/identity/read-proof-ways.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { ProofForms, ProofProblem } from '../../shell/proof-forms.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { actWords } from './act-words.ts'
import { safePath } from '../sign-in/safe-path.ts'
import { thenConfirmed } from './then-confirmed.ts'

export const meta: MetaFunction = () => [{ title: 'Confirm that it is you · Countersign' }]

/** Before something sensitive: prove again, then go back to it. `ticket` names the one act; without it, 15 minutes of administration. */
export const loader = page(async ({ door, url }) => {
  const account = await door.account()
  const ticketId = url.searchParams.get('ticket')
  const ticket = ticketId === null ? null : await waitingTicket(account, ticketId)
  if (ticketId !== null && !ticket) throw new Fault({ code: 'gone', detail: 'What you were about to confirm is no longer waiting. Go back and start it again.' })
  return { ways: await readProofWays(account), csrf: await door.csrfToken(), about: ticket && actWords(ticket.verb) }
})

export const action = posted(async ({ door, url, form }) => {
  const proof = input(StepUpProof, Object.fromEntries(form))
  const account = await door.account()
  await proveAgain(account, proof, { ticketId: url.searchParams.get('ticket'), browser: await browserFor(door) })
  throw redirect(thenConfirmed(url.searchParams.get('then')))
})

export default function StepUp() {
  const { ways, csrf, about } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [params] = useSearchParams()
  return (
    <PublicFrame
      title="Confirm that it is you"
      lead={about ? `You are about to ${about}. The confirmation is good for this one thing, for two minutes.` : 'These pages ask for a fresh proof. It is good for 15 minutes.'}
      csrf={csrf}
      after={
        <LinkButton tone="quiet" href={about ? safePath(params.get('then')) : '/'}>
          Rather not
        </LinkButton>
      }
    >
      <div className="grid gap-4">
        <ProofProblem refused={refused} />
        <ProofForms ways={ways} errors={fieldErrors(refused)} verb="Confirm" />
      </div>
    </PublicFrame>
  )
}
