import { expect, test } from 'vitest'
import { safePath } from './safe-path.ts'

test('a path of ours is kept', () => {
  for (const path of ['/', '/audit?actor=acc_1&page=2', '/people/mem_01', '/trust#x'.replace('#x', '')]) expect(safePath(path)).toBe(path)
})

test('whatever could leave our host leads to the start instead', () => {
  for (const path of [null, '', '//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/\t/evil.example', '/ok\nLocation: x', '\\\\evil.example']) expect(safePath(path)).toBe('/')
})
