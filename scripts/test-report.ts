import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { run } from './run-step.ts'
import { commit } from './version.ts'

/** What one step of `npm test` or `npm run check` came to. */
export type StepResult = { name: string; passed: boolean }

/** Where one run of all suites leaves its results; `npm run claims` reads it. */
export const reportFile = 'build/report.json'

/** What one measurement came to, as tests/support/evidence.ts leaves it beside its result. */
export type Evidence = { goal: string; says: string; figures: Record<string, number | string> }

/** Vitest's JSON report, as far as we read it, with our stamp. */
export type TestReport = {
  /** The commit that was tested; `-dirty` when the files were others than its own. */
  commit: string
  /** Whether every project ran, unfiltered. Claims are counted from a full report only. */
  full: boolean
  steps: StepResult[]
  numPassedTests: number
  numFailedTests: number
  numTotalTests: number
  success: boolean
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { title: string; fullName: string; status: string; failureMessages?: string[]; meta?: { evidence?: Evidence[] } }[]
  }[]
}

/** Runs vitest once and leaves a stamped report in `file`; with the steps counted in, when there are any; they may end after it. */
export async function runVitest(args: string[], full: boolean, taken: StepResult[] | Promise<StepResult[]>, file = reportFile): Promise<{ passed: number; failed: number }> {
  // Taken before the run, so that an edit made meanwhile cannot pass for tested.
  const tested = commit()
  rmSync(file, { force: true })
  mkdirSync(path.dirname(file), { recursive: true })
  const code = await run('vitest', ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])

  const steps = await taken
  const failedSteps = steps.filter((step) => !step.passed).length
  const passedSteps = steps.length - failedSteps
  if (!existsSync(file)) return { passed: passedSteps, failed: failedSteps + 1 }

  // Written by vitest just now.
  const report = JSON.parse(readFileSync(file, 'utf8')) as TestReport
  writeFileSync(file, JSON.stringify({ ...report, commit: tested, full, steps }))
  const failed = failedSteps + report.numFailedTests + brokenFiles(report)
  // A crash outside any test (a leaked rejection, a failed set-up) is a failure too.
  return { passed: passedSteps + report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

/** Files that failed before they could offer a single failed test. */
function brokenFiles(report: TestReport): number {
  return report.testResults.filter(
    (each) => each.status === 'failed' && !each.assertionResults.some((result) => result.status === 'failed'),
  ).length
}
