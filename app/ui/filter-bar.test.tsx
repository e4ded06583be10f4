import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'

import { FilterBar } from './filter-bar.tsx'
import { SelectField } from './select-field.tsx'
import { TextField } from './text-field.tsx'

afterEach(cleanup)

/** What a browser would send: jsdom does not raise `formdata` by itself. */
function trimmed(form: HTMLFormElement) {
  const formData = new FormData(form)
  form.dispatchEvent(Object.assign(new Event('formdata'), { formData }))
  return [...formData]
}

test('a filter is an address: the form is a GET, empty fields stay out, and a select applies itself', () => {
  render(
    <FilterBar label="Filter entries" action="/audit" keep={{ sort: '-n' }} active={[{ label: 'Actor: Dana', without: '/audit' }]}>
      <SelectField name="actor" label="Actor" none="Anyone" choices={[{ value: 'm1', label: 'Dana' }]} />
      <TextField name="event" label="Event" />
    </FilterBar>,
  )
  const form = document.forms[0]
  if (!form) throw new Error('no form')
  expect([form.method, form.getAttribute('action')]).toEqual(['get', '/audit'])
  expect(trimmed(form)).toEqual([['sort', '-n']])
  let submits = 0
  form.addEventListener('submit', (event) => (event.preventDefault(), (submits += 1)))
  fireEvent.change(screen.getByLabelText('Event'), { target: { value: 'core.*' } })
  expect(submits).toBe(0)
  fireEvent.change(screen.getByLabelText('Actor'), { target: { value: 'm1' } })
  expect(submits).toBe(1)
  expect(screen.getByRole('link', { name: 'Remove filter: Actor: Dana' }).getAttribute('href')).toBe('/audit')
})
