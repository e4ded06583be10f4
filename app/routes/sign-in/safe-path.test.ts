import { expect, test } from 'vitest'
import { thenConfirmed } from '../account/then-confirmed.ts'
import { safePath } from './safe-path.ts'

test('a path of ours is kept', () => {
  for (const path of ['/', '/audit?actor=acc_1&page=2', '/people/mem_01', '/trust#x'.replace('#x', '')]) expect(safePath(path)).toBe(path)
})

test('whatever could leave our host leads to the start instead', () => {
  for (const path of [null, '', '//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/\t/evil.example', '/ok\nLocation: x', '\\\\evil.example']) expect(safePath(path)).toBe('/')
})

test('dots that resolve to another host lead to the start, after a proof as well', () => {
  for (const path of ['/.//evil.example', '/x/..//evil.example', '/%2e//evil.example', '/a/b/../..//evil.example/c?d=e']) {
    expect(safePath(path)).toBe('/')
    expect(thenConfirmed(path)).toBe('/?confirmed=1')
  }
  expect(thenConfirmed('/people/./mem_01?do=remove')).toBe('/people/mem_01?do=remove&confirmed=1')
})
