import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, useRevalidator, type MetaFunction } from '@remix-run/react'
import { readPassport } from '../../../../worker/contracting/passport/read-passport.ts'
import { savePassport } from '../../../../worker/contracting/passport/save-passport.ts'
import { listDocuments } from '../../../../worker/core/documents/list-documents.ts'
import { Fault } from '../../../../worker/core/failure.ts'
import { action as posted, page } from '../../../page.ts'
import { StepPage, takesDocuments } from './step-page.tsx'
import { afterStep, formSteps, passportSteps, type FormStep } from './step-words.ts'
import { typedStep } from './typed-step.ts'

const stepOf = (named: string | undefined): FormStep => {
  const step = formSteps.find((each) => each === named)
  if (!step) throw new Fault({ code: 'not_found' })
  return step
}

export const meta: MetaFunction = ({ params }) => [{ title: `${formSteps.find((each) => each === params['step']) ? passportSteps[params['step'] as FormStep].title : 'Passport'} · Countersign` }] // `as`: it was just found among them
export const handle = { crumbs: ({ step }: { step?: string }) => [{ label: 'My passport', href: '/passport' }, { label: step && step in passportSteps ? passportSteps[step as FormStep].title : 'Step' }] } // `as`: it is a key of them

/** As many documents as a step offers to choose from. */
const OFFERED = 50

export const loader = page(async ({ door, params }) => {
  return door.tenant(async (ctx) => {
    const passport = await readPassport(ctx)
    const step = stepOf(params['step'])
    const documents = takesDocuments(step) ? (await listDocuments(ctx, { state: 'stored' }, { limit: OFFERED })).documents.map(({ id, name }) => ({ id, name })) : []
    return { step, passport, documents }
  })
})

/** Sent by its button it leads on; sent by itself it answers with the tag to save on next. */
export const action = posted(async ({ door, params, form }) => {
  await door.account() // a stranger is sent to sign in, whatever it names
  const step = stepOf(params['step'])
  const typed = typedStep(step, form)
  if (!typed.ok) throw new Fault({ code: 'invalid', errors: typed.errors.map(({ name, detail }) => ({ pointer: `/${name}`, detail })) })
  const saved = await door.tenant((ctx) => savePassport(ctx, typed.change, form.get('tag') ?? ''))
  if (form.get('by') === 'itself') return { saved }
  throw redirect(afterStep(step))
})

export default function PassportStep() {
  const { step, passport, documents } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const { revalidate } = useRevalidator()
  return <StepPage key={step} step={step} passport={passport} documents={documents} refused={done && 'problem' in done ? done : null} onUploaded={revalidate} />
}
