import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { addAppointment } from '../../../../worker/contracting/passport/add-appointment.ts'
import { changeAppointment } from '../../../../worker/contracting/passport/change-appointment.ts'
import { Appointment } from '../../../../worker/contracting/passport/contract.ts'
import { readPassport } from '../../../../worker/contracting/passport/read-passport.ts'
import { removeAppointment } from '../../../../worker/contracting/passport/remove-appointment.ts'
import { action as posted, input, page } from '../../../page.ts'
import { AppointmentsPage } from './appointments-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Appointments · Countersign' }]
export const handle = { crumbs: () => [{ label: 'My passport', href: '/passport' }, { label: 'Appointments' }] }

export const loader = page(async ({ door, url }) => {
  const passport = await door.tenant(readPassport)
  const named = (what: string) => passport.appointments.find(({ id }) => id === url.searchParams.get(what)) ?? null
  return { passport, edited: named('edit'), removed: named('remove') }
})

export const action = posted(async ({ door, form }) => {
  const id = form.get('appointment') ?? ''
  if (form.get('intent') === 'remove') {
    await door.tenant((ctx) => removeAppointment(ctx, id))
    throw redirect('/passport/appointments')
  }
  const maybe = (name: string) => (form.get(name) ?? '').trim() || null
  const appointment = input(Appointment, { carrier: form.get('carrier') ?? '', state: form.get('state') ?? '', writingNumber: maybe('writingNumber'), appointedOn: maybe('appointedOn'), status: form.get('status') ?? '' })
  await door.tenant((ctx) => (id === '' ? addAppointment(ctx, appointment) : changeAppointment(ctx, id, appointment, Number(form.get('seen')))))
  throw redirect('/passport/appointments')
})

export default function Appointments() {
  const loaded = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return <AppointmentsPage {...loaded} refused={refused} />
}
