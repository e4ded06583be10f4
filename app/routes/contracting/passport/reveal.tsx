import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { readPassport } from '../../../../worker/contracting/passport/read-passport.ts'
import { revealOwnValue } from '../../../../worker/contracting/passport/reveal-own-value.ts'
import { RevealOwnValue } from '../../../../worker/contracting/passport/steps/contract.ts'
import { Fault } from '../../../../worker/core/failure.ts'
import { action as posted, input, page } from '../../../page.ts'
import { RevealPage, revealReasons } from './reveal-page.tsx'

export const meta: MetaFunction = () => [{ title: 'See a value in full · Countersign' }]
export const handle = { crumbs: () => [{ label: 'My passport', href: '/passport' }, { label: 'See a value in full' }] }

/** The reason stands in the address as a word, so that the way through the step-up page keeps it. */
const whyOf = (url: URL) => revealReasons.find(({ word }) => word === url.searchParams.get('why')) ?? null

export const loader = page(async ({ door, params, url }) => {
  const { version, may } = await door.tenant(readPassport)
  const found = Object.entries(version?.secrets ?? {}).find(([, secret]) => secret?.id === params['secretId'])
  if (!found || !may.write) throw new Fault({ code: 'not_found' })
  return { field: found[0], shown: found[1]?.shown ?? '', mayReveal: may.reveal, why: whyOf(url)?.word ?? null }
})

export const action = posted(async ({ door, params, url }) => {
  const wanted = input(RevealOwnValue, { secretId: params['secretId'] ?? '', reason: whyOf(url)?.says ?? '' })
  return { revealed: await door.tenant((ctx) => revealOwnValue(ctx, wanted)) }
})

export default function Reveal() {
  const loaded = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  return <RevealPage {...loaded} revealed={done && 'revealed' in done ? done.revealed.value : null} refused={done && 'problem' in done ? done : null} />
}
