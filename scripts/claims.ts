import { existsSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { ledger, systems, tally, UnknownClaim, type Tally } from './claims-ledger.ts'
import { giveUp, run } from './run-step.ts'
import { reportFile, type TestReport } from './test-report.ts'
import { commit } from './version.ts'

// How many of the 520 claims the last full run of this commit proved. `--json` prints the tally alone.
const json = process.argv.includes('--json')
if (!currentReport()) await run('node', ['scripts/enter.mjs', 'test'], { toStderr: true })
const report = currentReport() ?? giveUp('There is no full test report of this commit, and running the tests did not leave one.')

try {
  const counted = tally(ledger(), report)
  console.log(json ? JSON.stringify(counted) : inWords(counted))
} catch (thrown) {
  if (thrown instanceof UnknownClaim) giveUp(thrown.message)
  throw thrown
}

function currentReport(): TestReport | null {
  if (!existsSync(reportFile)) return null
  const found = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport // `as`: written by our own test script
  return found.full && found.commit === commit() ? found : null
}

function inWords(counted: Tally): string {
  const line = (name: string, { proven, total }: { proven: number; total: number }) => `${name.padEnd(5)} ${String(proven).padStart(3)} of ${total}`
  return [...systems.map((system) => line(system, counted.systems[system])), line('all', counted), '', `open: ${counted.open.join(' ')}`].join('\n')
}
