import { useLoaderData } from '@remix-run/react'
import { page } from '../../page.ts'
import { TrustFrame } from '../../shell/trust-frame.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Vendors } from './vendors.tsx'

export const loader = page(async ({ product }) => {
  const { host, readAt, subprocessors, categories, vendorVersions } = await product.trust()
  return { host, readAt, subprocessors, categories, vendorVersions }
})

export const meta = () => [{ title: 'Subprocessors · Countersign' }]

/** The vendors really used, what each handles, and whether one can do without it. */
export default function Subprocessors() {
  const trust = useLoaderData<typeof loader>()
  return (
    <TrustFrame brand={trust.host} title="Who else handles data" lead="Each vendor with its own slice, and its own evidence." now={trust.readAt} actions={<LinkButton href="/trust">Trust page</LinkButton>}>
      <Vendors trust={trust} open />
    </TrustFrame>
  )
}
