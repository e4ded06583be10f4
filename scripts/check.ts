import process from 'node:process'

import { keepTemporaryFilesInMemory } from './memory-folder.ts'
import { staticChecks } from './static-checks.ts'
import { runVitest } from './test-report.ts'

// What to run before every commit: types, lint, dependency rules, pages, architecture, components, and of the tests in workerd
// those that the uncommitted changes can touch. Everything is for `npm test`.
keepTemporaryFilesInMemory()
const steps = await staticChecks()
const always = await runVitest(['--project', 'node', '--project', 'jsdom'], false, steps, 'build/check.json')
const touched = await runVitest(['--project', 'workerd', '--changed', '--passWithNoTests', ...process.argv.slice(2)], false, [], 'build/check-touched.json')

const failed = always.failed + touched.failed
console.log(`${always.passed + touched.passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
