import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { connectAms } from '../../../worker/calls/ams/connect-ams.ts'
import { AmsKind, amsKinds, amsNames, ConnectAms, HAWKSOFT, RestMapping } from '../../../worker/calls/ams/contract.ts'
import { listAms } from '../../../worker/calls/ams/list-ams.ts'
import { plainMapping } from '../../../worker/calls/ams/plain-mapping.ts'
import { Fault } from '../../../worker/core/failure.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors, type Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { ShownOnce } from '../../ui/shown-once.tsx'
import { TabLinks } from '../../ui/tab-links.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { amsKindSays } from './ams-words.ts'

export const meta: MetaFunction = () => [{ title: 'Connect an AMS · Countersign' }]
export const handle = { crumbs: () => [{ label: 'AMS', href: '/ams-connection' }, { label: 'Connect' }] }

/** Whoever may not see the connection may not make one either. */
export const loader = page(async ({ door, url }) => {
  await door.tenant((ctx) => listAms(ctx, { limit: 1 }))
  const kind = AmsKind.safeParse(url.searchParams.get('kind'))
  return { kind: kind.success ? kind.data : 'hawksoft', mapping: JSON.stringify(plainMapping, null, 2) } as const
})

export const action = posted(async ({ door, form }) => {
  const wanted = input(ConnectAms, typed(form))
  return door.tenant((ctx) => connectAms(ctx, wanted))
})

function typed(form: URLSearchParams): unknown {
  const said = (name: string) => form.get(name) ?? ''
  const known = { kind: said('kind'), label: said('label'), address: said('address') }
  if (known.kind === 'hawksoft') return { ...known, agencyId: said('agencyId'), officeId: form.get('officeId') || undefined, user: said('user'), password: said('password') }
  if (known.kind !== 'rest') return known
  const [by, user, secret] = [said('auth'), said('user'), said('secret')]
  const auth = by === 'basic' ? { by, user, password: secret } : by === 'header' ? { by, name: user, value: secret } : { by, token: secret }
  return { ...known, auth, mapping: mappingIn(said('mapping')) }
}

/** A mapping as it was typed; each thing that is wrong is said with its place, for they share one field. */
function mappingIn(text: string): RestMapping {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Fault({ code: 'invalid', errors: [{ pointer: '/mapping', detail: 'This is not JSON.' }] })
  }
  const read = RestMapping.safeParse(value)
  if (read.success) return read.data
  throw new Fault({ code: 'invalid', errors: [{ pointer: '/mapping', detail: read.error.issues.slice(0, 5).map(({ path, message }) => `At /${path.join('/')}: ${message}`).join(' ') }] })
}

export default function AmsNew() {
  const { kind, mapping } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const refused = done && 'problem' in done ? done : null
  const made = done && !('problem' in done) ? done : null
  const onward = (
    <LinkButton href="/ams-connection" tone="primary">
      Go on and try it
    </LinkButton>
  )
  return (
    <>
      <PageHeader title="Connect an AMS" lead="One at a time. What you enter is sealed together with its address, sent there alone, and shown nowhere again." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {made?.secret ? <ShownOnce title={`${made.connection.label} is connected`} label="Secret" text={made.secret}>With it the receiver proves that a note is ours, as Standard Webhooks says. It is not shown again.</ShownOnce> : null}
      {made && !made.secret ? <Notice tone="ok" title={`${made.connection.label} is connected`} live>Try it before the first call rings.</Notice> : null}
      {made ? <div>{onward}</div> : (
        <>
          <TabLinks label="Kind" tabs={amsKinds.map((each) => ({ label: amsNames[each], href: `/ams-connection/new?kind=${each}`, current: each === kind }))} />
          <p className="max-w-[68ch] text-ink-2">{amsKindSays[kind]}</p>
          <Card>
            <PostForm className="grid max-w-120 gap-4">
              <input type="hidden" name="kind" value={kind} />
              <TextField name="label" label="Name" hint="How you call it." required defaultValue={refused?.typed['label']} error={fieldErrors(refused)['label']} />
              <TextField name="address" type="url" label="Address" hint={hints[kind]} required defaultValue={refused?.typed['address'] ?? (kind === 'hawksoft' ? HAWKSOFT : undefined)} error={fieldErrors(refused)['address']} />
              {kind === 'hawksoft' ? <HawksoftFields refused={refused} /> : kind === 'rest' ? <RestFields refused={refused} mapping={mapping} /> : null}
              <div>
                <Button tone="primary">Connect it</Button>
              </div>
            </PostForm>
          </Card>
        </>
      )}
    </>
  )
}

const hints: Readonly<Record<AmsKind, string>> = { hawksoft: 'Another one only for HawkSoft’s staging environment.', rest: 'Where its API begins, for instance https://api.ams.example/v1.', webhook: 'Where notes are to be posted.' }

function HawksoftFields({ refused }: { refused: Refused | null }) {
  const errors = fieldErrors(refused)
  return (
    <>
      <TextField name="agencyId" label="Agency" hint="The number that HawkSoft knows the agency by." required inputMode="numeric" defaultValue={refused?.typed['agencyId']} error={errors['agencyId']} />
      <TextField name="officeId" label="Office" hint="Its number, where only one office’s clients are to be looked through." inputMode="numeric" defaultValue={refused?.typed['officeId']} error={errors['officeId']} />
      <TextField name="user" mono autoComplete="off" label="Client id" required defaultValue={refused?.typed['user']} error={errors['user']} />
      <TextField name="password" mono autoComplete="off" label="Client secret" required error={errors['password']} />
    </>
  )
}

function RestFields({ refused, mapping }: { refused: Refused | null; mapping: string }) {
  const errors = fieldErrors(refused)
  const ways = [{ value: 'bearer', label: 'Bearer token' }, { value: 'basic', label: 'User name and password' }, { value: 'header', label: 'A header of its own' }]
  return (
    <>
      <SelectField name="auth" label="It lets us in with" required choices={ways} defaultValue={refused?.typed['auth'] ?? 'bearer'} error={errors['auth']} />
      <TextField name="user" mono autoComplete="off" label="User name, or name of the header" hint="Left empty for a bearer token." defaultValue={refused?.typed['user']} />
      <TextField name="secret" mono autoComplete="off" label="Token, password or value" required />
      <TextArea name="mapping" mono rows={24} spellCheck={false} label="Mapping" hint="Paths below the address, and where in each answer the fields stand (JSON pointers, RFC 6901). Parts that your AMS has not can be left out." required defaultValue={refused?.typed['mapping'] ?? mapping} error={errors['mapping']} />
    </>
  )
}
