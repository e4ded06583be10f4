import { expect, test } from 'vitest'

import { sortFromUrl, sortHref, withQuery } from './table-sort.ts'

const otherwise = { key: 'opened_at', direction: 'desc' } as const
const read = (query: string) => sortFromUrl(new URLSearchParams(query), ['opened_at', 'name'], otherwise)

test('a sort key that is not on the list never comes out of a URL', () => {
  expect(read('sort=name')).toEqual({ key: 'name', direction: 'asc' })
  expect(read('sort=-name')).toEqual({ key: 'name', direction: 'desc' })
  for (const query of ['', 'sort=', 'sort=ssn', 'sort=-', 'sort=--name', 'sort=name;drop table x']) expect(read(query)).toEqual(otherwise)
})

test('sorting otherwise keeps the filters and drops the cursor of the old order', () => {
  expect(sortHref('/audit?event=core.*&after=abc&sort=n', { key: 'at', direction: 'desc' })).toBe('/audit?event=core.*&sort=-at')
  expect(sortHref('', { key: 'at', direction: 'asc' })).toBe('?sort=at')
})

test('taking out the last parameter leaves no question mark', () => {
  expect(withQuery('/audit?event=x', { event: undefined })).toBe('/audit')
  expect(withQuery('/audit', { event: 'a b&c' })).toBe('/audit?event=a+b%26c')
})
