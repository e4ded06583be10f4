import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'

import { DataTable } from './data-table.tsx'
import type { Column } from './table-cells.tsx'

afterEach(cleanup)

type Person = { id: string; name: string; role: string }
const people: Person[] = [
  { id: 'm1', name: 'Dana', role: 'owner' },
  { id: 'm2', name: 'Priya', role: 'admin' },
  { id: 'm3', name: 'Tomás', role: 'member' },
]
const columns: ReadonlyArray<Column<Person>> = [
  { key: 'name', header: 'Name', sort: 'asc', cell: (person) => person.name },
  { key: 'role', header: 'Role', cell: (person) => person.role },
]
const table = { caption: 'Members', columns, rowId: (person: Person) => person.id, empty: <p>Nobody yet. Invite someone.</p> }

test('every row has one link, on its title, and arrow keys walk from link to link', () => {
  render(<DataTable {...table} rows={people} rowHref={(person) => `/people/${person.id}`} />)
  const links = screen.getAllByRole('link').filter((link) => link.className === 'cs-row-link')
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['/people/m1', '/people/m2', '/people/m3'])
  links[0]?.focus()
  const press = (key: string) => document.activeElement && fireEvent.keyDown(document.activeElement, { key })
  press('ArrowDown')
  expect(document.activeElement).toBe(links[1])
  press('End')
  expect(document.activeElement).toBe(links[2])
  press('j')
  expect(document.activeElement).toBe(links[2])
  press('k')
  press('Home')
  expect(document.activeElement).toBe(links[0])
})

test('sorting is a link, and the sorted column says which way it stands', () => {
  render(<DataTable {...table} rows={people} sort={{ key: 'name', direction: 'asc' }} />)
  const header = screen.getByRole('columnheader', { name: 'Name' })
  expect(header.getAttribute('aria-sort')).toBe('ascending')
  expect(within(header).getByRole('link').getAttribute('href')).toBe('?sort=-name')
  expect(within(screen.getByRole('columnheader', { name: 'Role' })).queryByRole('link')).toBeNull()
})

test('selected rows are what the form beside the table sends', () => {
  render(
    <>
      <form id="bulk" />
      <DataTable
        {...table}
        rows={people}
        select={{ name: 'member', form: 'bulk', rowLabel: (person) => `Select ${person.name}`, bulk: <button form="bulk">Remove</button> }}
      />
    </>,
  )
  const sent = () => new FormData(document.forms[0]).getAll('member')
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select Priya' }))
  expect(sent()).toEqual(['m2'])
  expect(screen.getByText('1 selected')).toBeTruthy()
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select every row on this page' }))
  expect(sent()).toEqual(['m1', 'm2', 'm3'])
})

test('without rows there is no table, and what to do first stands in its place', () => {
  render(<DataTable {...table} rows={[]} footer="25 of 25" />)
  expect(screen.queryByRole('table')).toBeNull()
  expect(screen.getByText('Nobody yet. Invite someone.')).toBeTruthy()
  expect(screen.queryByText('25 of 25')).toBeNull()
})
