import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'

import { Matrix } from './matrix.tsx'

afterEach(cleanup)

test('every mark has a word, and a mark that is missing means no', () => {
  render(<Matrix caption="Rights" columns={['Owner', 'Admin', 'Viewer']} rows={[{ label: 'Export the audit log', marks: ['yes', 'part'] }]} />)
  expect(screen.getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['yes', 'in part', 'no'])
  expect(screen.getByRole('rowheader', { name: 'Export the audit log' })).toBeTruthy()
})
