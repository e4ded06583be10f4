import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

import { commit } from './version.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'countersign-version-'))
afterAll(() => rmSync(folder, { recursive: true }))
const git = (...args: string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=Test', '-c', 'user.email=test@people.test', ...args], { encoding: 'utf8' }).trim()

test('a checkout is called by its commit only while its files are the commit’s: a change and a file git never saw make it dirty, an ignored one does not', () => {
  expect(commit(folder)).toBe('unknown')
  git('init', '--quiet')
  writeFileSync(path.join(folder, '.gitignore'), 'build\n')
  writeFileSync(path.join(folder, 'a.test.ts'), 'one')
  git('add', '.')
  git('commit', '--quiet', '-m', 'first')
  const head = git('rev-parse', 'HEAD')
  expect(commit(folder)).toBe(head)

  mkdirSync(path.join(folder, 'build'))
  writeFileSync(path.join(folder, 'build', 'report.json'), '{}')
  expect(commit(folder)).toBe(head)

  writeFileSync(path.join(folder, 'new.test.ts'), 'never added')
  // Whatever the person's own settings hide from `git status`.
  git('config', 'status.showUntrackedFiles', 'no')
  expect(commit(folder)).toBe(`${head}-dirty`)
  rmSync(path.join(folder, 'new.test.ts'))
  expect(commit(folder)).toBe(head)

  writeFileSync(path.join(folder, 'a.test.ts'), 'two')
  expect(commit(folder)).toBe(`${head}-dirty`)
})
