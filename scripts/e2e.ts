import process from 'node:process'

import { findOrInstallChromium, howToGetChromium } from './find-chromium.ts'
import { keepTemporaryFilesInMemory } from './memory-folder.ts'
import { giveUp } from './run-step.ts'
import { runVitest } from './test-report.ts'

// The browser journeys alone; arguments choose files or titles.
const chromium = (await findOrInstallChromium()) ?? giveUp(howToGetChromium)
process.env.CHROMIUM_PATH = chromium
keepTemporaryFilesInMemory()

const { passed, failed } = await runVitest(['--project', 'journeys', ...process.argv.slice(2)], false, [])
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
