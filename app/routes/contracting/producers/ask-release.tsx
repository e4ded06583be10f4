import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { askRelease } from '../../../../worker/contracting/producers/ask-release.ts'
import { AskRelease } from '../../../../worker/contracting/producers/contract.ts'
import { readAsking } from '../../../../worker/contracting/producers/read-asking.ts'
import { action as posted, input, page } from '../../../page.ts'
import { fieldErrors } from '../../../refused.ts'
import { Question } from '../../../shell/question.tsx'
import { TextField } from '../../../ui/text-field.tsx'

export const meta: MetaFunction = () => [{ title: 'Ask for a release · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Ask for a release' }] }

export const loader = page(({ door, params }) => door.tenant((ctx) => readAsking(ctx, params['linkId'] ?? '')))

export const action = posted(async ({ door, params, form }) => {
  const asked = input(AskRelease, { reason: form.get('reason') ?? '' })
  const { id } = await door.tenant((ctx) => askRelease(ctx, params['linkId'] ?? '', asked))
  throw redirect(`/releases/${id}`)
})

export default function AskForRelease() {
  const { linkId, side, other, days } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  const ofProducer = side === 'producer'
  return (
    <Question
      title={ofProducer ? `Ask ${other} to release you?` : `Ask ${other} to part?`}
      refused={refused}
      means={[
        `${other} grants or declines. Unanswered for ${days} days, it is granted.`,
        ofProducer ? 'Granted, they lose your passport at once: their copy goes, and the key it was sealed under.' : 'Granted, you lose their passport at once: your copy goes, and the key it was sealed under.',
        ofProducer ? 'Your passport stays with you. You may join another FMO, or this one again.' : 'What was transmitted to a carrier stays with the carrier. You may invite them again.',
        'Until it is answered you can take it back.',
      ]}
      yes="Ask"
      back={ofProducer ? `/fmos/${linkId}` : `/producers/${linkId}`}
    >
      <TextField name="reason" label="Why" hint="In a few words. The other side reads it." required error={fieldErrors(refused)['reason']} defaultValue={refused?.typed['reason']} />
    </Question>
  )
}
