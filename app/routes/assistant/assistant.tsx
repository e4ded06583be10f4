import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, useSearchParams, type MetaFunction } from '@remix-run/react'
import { SetAssistant } from '../../../worker/core/ai/contract.ts'
import { readAssistant } from '../../../worker/core/ai/read-assistant.ts'
import { removeAssistant } from '../../../worker/core/ai/remove-assistant.ts'
import { setAssistant } from '../../../worker/core/ai/set-assistant.ts'
import { testAssistant } from '../../../worker/core/ai/test-assistant.ts'
import { action as posted, input, page } from '../../page.ts'
import { AssistantPage } from './assistant-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Assistant · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Assistant' }] }

export const loader = page(({ door }) => door.tenant(readAssistant))

/** Asked, removed, or given its settings. */
export const action = posted(async ({ door, form }) => {
  switch (form.get('intent')) {
    case 'test':
      return door.tenant(testAssistant)
    case 'remove':
      await door.tenant(removeAssistant)
      break
    default: {
      const wanted = input(SetAssistant, { base: form.get('base') ?? '', model: form.get('model') ?? '', key: form.get('secret') || undefined, on: form.get('on') === 'yes' })
      const version = Number(form.get('version'))
      await door.tenant((ctx) => setAssistant(ctx, wanted, version))
    }
  }
  throw redirect('/assistant')
})

export default function Assistant() {
  const settings = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const [params] = useSearchParams()
  return <AssistantPage settings={settings} refused={done && 'problem' in done ? done : null} tested={done && 'outcome' in done ? done.outcome : null} asksToRemove={params.has('remove')} />
}
