import process from 'node:process'

import { staticChecks } from './static-checks.ts'
import { runVitest } from './test-report.ts'

// What to run before every commit: everything but the browser, the walks through every route and the measurements.
const steps = await staticChecks()
const projects = ['workerd', 'node', 'jsdom'].flatMap((project) => ['--project', project])
const { passed, failed } = await runVitest([...projects, ...process.argv.slice(2)], false, steps)

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
