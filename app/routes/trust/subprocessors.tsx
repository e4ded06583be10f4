import { useLoaderData } from '@remix-run/react'
import { page } from '../../page.ts'
import { TrustFrame } from '../../shell/trust-frame.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { SubprocessorTable } from './registers.tsx'

export const loader = page(async ({ product }) => {
  const { host, readAt, subprocessors } = await product.trust()
  return { host, readAt, subprocessors }
})

export const meta = () => [{ title: 'Subprocessors · Countersign' }]

/** The vendors really used, what each handles, and whether one can do without it. */
export default function Subprocessors() {
  const { host, readAt, subprocessors } = useLoaderData<typeof loader>()
  return (
    <TrustFrame brand={host} title="Who else handles data" lead="Each vendor with its own slice, and its own evidence." now={readAt} actions={<LinkButton href="/trust">Trust page</LinkButton>}>
      <SubprocessorTable rows={subprocessors} />
    </TrustFrame>
  )
}
