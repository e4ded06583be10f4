import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'

import { CsrfProvider } from './post-form.tsx'
import { TenantSwitch } from './tenant-switch.tsx'

afterEach(cleanup)

const harbor = { id: 'ten_a', name: 'Harbor FMO', roleLabel: 'owner' }
const crestline = { id: 'ten_b', name: 'Crestline', roleLabel: 'admin' }
const view = (tenants: Array<typeof harbor>) => (
  <CsrfProvider value="token">
    <TenantSwitch tenantId="ten_a" tenantName="Harbor FMO" personName="Dana" roleLabel="owner" tenants={tenants} />
  </CsrfProvider>
)

test('switching is a POST with the token and the chosen tenant; the present one cannot be chosen', () => {
  render(view([harbor, crestline]))
  const form = document.forms[0]
  if (!form) throw new Error('no form')
  expect([form.method, form.getAttribute('action')]).toEqual(['post', '/tenant-switch'])
  let sent: Array<[string, FormDataEntryValue]> = []
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    sent = [...new FormData(form, event.submitter)]
  })
  fireEvent.click(screen.getByText('Crestline'))
  expect(sent).toEqual([['csrf', 'token'], ['tenant', 'ten_b']])
  expect(document.querySelector('button[value="ten_a"]')).toHaveProperty('disabled', true)
})

test('a person of one tenant is offered no switch', () => {
  render(view([harbor]))
  expect(document.forms).toHaveLength(0)
})
