import { expect, test } from 'vitest'

import { filesBelow, planted, type Rule } from './tree.ts'

/** Where each project of vitest.config.ts looks for its tests. */
const projects: Record<string, RegExp> = {
  workerd: /^(worker|db|durable-objects)\/.*\.test\.ts$|^tests\/vectors\/.*\.test\.ts$/,
  ahead: /^worker\/.*\.ahead\.test\.ts$/,
  walks: /^tests\/(tenancy|faults)\/.*\.test\.ts$/,
  node: /^tests\/architecture\/.*\.test\.ts$|^scripts\/.*\.test\.ts$/,
  harness: /^tests\/(harness|served)\/.*\.test\.ts$/,
  jsdom: /^app\/.*\.test\.tsx?$/,
  journeys: /^tests\/e2e\/.*\.e2e\.ts$/,
}

const everyTestIsRun: Rule = (files) =>
  files
    .filter(({ path: file }) => /\.(test|spec|e2e)\.tsx?$/.test(file) && !Object.values(projects).some((place) => place.test(file)))
    .map(({ path: file }) => `${file} is in no project of vitest.config.ts, so it never runs. Put it beside what it tests.`)

const testsAreFlatAndRun: Rule = (files) =>
  files
    .filter(({ path: file, text }) => /\.(test|e2e)\.tsx?$/.test(file) && /^\s*(describe|suite|it)(\.\w+)*\(|\b(test|it)\.(skip|only|todo|fails|skipIf|runIf)\b/m.test(text))
    .map(({ path: file }) => `${file} nests, skips or singles out tests. Write test('a sentence', …), one below the other, all of them running.`)

test('every test file belongs to a suite', () => {
  expect(everyTestIsRun(filesBelow())).toEqual([])
})

test('tests are flat sentences, and none is skipped', () => {
  expect(testsAreFlatAndRun(filesBelow().filter(({ path: file }) => file !== 'tests/architecture/suites.test.ts'))).toEqual([])
})

test('a stray test, a nested one and a skipped one are found', () => {
  expect(everyTestIsRun([planted('tests/support/x.test.ts', ''), planted('worker/x.spec.ts', ''), planted('worker/x.test.ts', '')])).toHaveLength(2)
  expect(testsAreFlatAndRun([planted('a.test.ts', "describe('x', () => {})"), planted('b.test.ts', "test.skip('x')"), planted('c.test.ts', "test('x', f)")])).toHaveLength(2)
})
