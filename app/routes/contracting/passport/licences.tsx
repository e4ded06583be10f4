import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { addLicence } from '../../../../worker/contracting/passport/add-licence.ts'
import { changeLicence } from '../../../../worker/contracting/passport/change-licence.ts'
import { Licence } from '../../../../worker/contracting/passport/contract.ts'
import { readPassport } from '../../../../worker/contracting/passport/read-passport.ts'
import { removeLicence } from '../../../../worker/contracting/passport/remove-licence.ts'
import { action as posted, input, page } from '../../../page.ts'
import { LicencesPage } from './licences-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Licences · Countersign' }]
export const handle = { crumbs: () => [{ label: 'My passport', href: '/passport' }, { label: 'Licences' }] }

/** `edit` and `remove` in the address name the licence that is asked about. */
export const loader = page(async ({ door, url }) => {
  const passport = await door.tenant(readPassport)
  const named = (what: string) => passport.licences.find(({ id }) => id === url.searchParams.get(what)) ?? null
  return { passport, edited: named('edit'), removed: named('remove') }
})

export const action = posted(async ({ door, form }) => {
  const id = form.get('licence') ?? ''
  if (form.get('intent') === 'remove') {
    await door.tenant((ctx) => removeLicence(ctx, id))
    throw redirect('/passport/licences')
  }
  const maybe = (name: string) => (form.get(name) ?? '').trim() || null
  const licence = input(Licence, {
    state: form.get('state') ?? '', number: form.get('number') ?? '', lines: form.getAll('lines'), issuedOn: maybe('issuedOn'), expiresOn: maybe('expiresOn'), resident: form.get('resident') === 'yes', status: form.get('status') ?? '',
  })
  await door.tenant((ctx) => (id === '' ? addLicence(ctx, licence) : changeLicence(ctx, id, licence, Number(form.get('seen')))))
  throw redirect('/passport/licences')
})

export default function Licences() {
  const loaded = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return <LicencesPage {...loaded} refused={refused} />
}
