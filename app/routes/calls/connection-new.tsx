import { useActionData, type MetaFunction } from '@remix-run/react'
import { connectProvider } from '../../../worker/calls/intake/connect-provider.ts'
import { ConnectProvider, providerNames, providers } from '../../../worker/calls/intake/contract.ts'
import { listConnections } from '../../../worker/core/hooks/list-connections.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { AddressAndSecret } from './address-and-secret.tsx'

export const meta: MetaFunction = () => [{ title: 'Connect a dialler · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Diallers', href: '/call-connections' }, { label: 'Connect' }] }

/** Whoever may not see connections may not make one either. */
export const loader = page(async ({ door }) => {
  await door.tenant((ctx) => listConnections(ctx, { limit: 1 }))
  return null
})

export const action = posted(async ({ door, form }) => {
  const wanted = input(ConnectProvider, { provider: form.get('provider'), label: form.get('label') ?? '', secret: form.get('secret') || undefined })
  return door.tenant((ctx) => connectProvider(ctx, wanted))
})

export default function ConnectionNew() {
  const done = useActionData<typeof action>()
  const refused = done && 'problem' in done ? done : null
  const shown = done && !('problem' in done) ? done : null
  const errors = fieldErrors(refused)
  return (
    <>
      <PageHeader title="Connect a dialler" lead="You get an address and a secret to enter there. Both are shown once." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {shown ? (
        <>
          <AddressAndSecret shown={shown} />
          <div>
            <LinkButton href={`/call-connections/${shown.connection.id}`} tone="primary">
              Go on to the connection
            </LinkButton>
          </div>
        </>
      ) : (
        <Card>
          <PostForm className="grid max-w-120 gap-4">
            <SelectField name="provider" label="Dialler" required choices={providers.map((value) => ({ value, label: providerNames[value] }))} defaultValue={refused?.typed['provider'] ?? 'dialpad'} error={errors['provider']} />
            <TextField name="label" label="Name" hint="Which line or office it is." required defaultValue={refused?.typed['label']} error={errors['label']} />
            <TextField name="secret" mono autoComplete="off" label="Secret" hint="Only where the dialler makes one itself, as Vonage does. Left empty, one is made." error={errors['secret']} />
            <div>
              <Button tone="primary">Connect it</Button>
            </div>
          </PostForm>
        </Card>
      )}
    </>
  )
}
