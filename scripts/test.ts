import process from 'node:process'

import { findOrInstallChromium, howToGetChromium } from './find-chromium.ts'
import { keepTemporaryFilesInMemory } from './memory-folder.ts'
import { giveUp } from './run-step.ts'
import { checksBeside } from './static-checks.ts'
import { runVitest } from './test-report.ts'

// Everything, in the order in which it fails fastest. Arguments go to vitest and make the report a partial one.
const chosen = process.argv.slice(2)
const chromium = (await findOrInstallChromium()) ?? giveUp(howToGetChromium)
process.env.CHROMIUM_PATH = chromium

keepTemporaryFilesInMemory()
const { rest } = await checksBeside()
const { passed, failed } = await runVitest(chosen, chosen.length === 0, rest)

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
