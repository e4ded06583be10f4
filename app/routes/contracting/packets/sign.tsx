import { redirectDocument } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type UIMatch } from '@remix-run/react'
import { FilledId, SignPacket, type OfferView } from '../../../../worker/contracting/packets/contract.ts'
import { readOffer } from '../../../../worker/contracting/packets/list-offers.ts'
import { signOffered } from '../../../../worker/contracting/packets/sign-offered.ts'
import { issueDocumentLink } from '../../../../worker/core/documents/issue-document-link.ts'
import { Fault } from '../../../../worker/core/failure.ts'
import { action as posted, input, page } from '../../../page.ts'
import { SignPage } from './sign-page.tsx'

export const meta = () => [{ title: 'Sign a packet · Countersign' }]
export const handle = { crumbs: ({ data }: UIMatch<{ offer: OfferView }>) => [{ label: 'To sign', href: '/signing' }, { label: data?.offer.title ?? 'Packet' }] }

const idOf = (params: Record<string, string | undefined>): string => {
  const { data } = FilledId.safeParse(params['packetId'])
  if (!data) throw new Fault({ code: 'not_found' })
  return data
}

export const loader = page(async ({ door, params }) => {
  await door.account() // a stranger is sent to sign in, whatever the address
  const id = idOf(params)
  return { offer: await door.tenant((ctx) => readOffer(ctx, id)) }
})

/** `download` answers with a link to the masked copy; anything else signs. */
export const action = posted(async ({ door, params, form }) => {
  await door.account()
  const id = idOf(params)
  if (form.get('intent') === 'download') {
    const offer = await door.tenant((ctx) => readOffer(ctx, id))
    const { url } = await door.tenant((ctx) => issueDocumentLink(ctx, offer.signedId ?? offer.reviewId))
    return redirectDocument(new URL(url).pathname, 303)
  }
  const asked = input(SignPacket, { packet: id, basis: form.get('basis') ?? '', mark: markOf(form), consent: form.get('consent') === 'yes' })
  return { signed: await door.tenant((ctx) => signOffered(ctx, asked)) }
})

/** What the pad drew, where something was drawn; else the typed name alone. */
function markOf(form: URLSearchParams): unknown {
  const name = form.get('name') ?? ''
  const drawn = form.get('drawn') ?? ''
  if (drawn === '') return { kind: 'typed', name }
  try {
    return { kind: 'drawn', name, ...(JSON.parse(drawn) as object) } // `as`: whatever it is, the schema is asked next
  } catch {
    throw new Fault({ code: 'malformed', detail: 'The drawing did not arrive whole. Draw it again, or sign with your typed name.' })
  }
}

export default function Sign() {
  const { offer } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  return <SignPage offer={offer} signed={done && 'signed' in done ? done.signed : null} refused={done && 'problem' in done ? done : null} />
}
