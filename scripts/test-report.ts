import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { run } from './run-step.ts'
import { commit } from './version.ts'

/** What one step of `npm test` or `npm run check` came to. */
export type StepResult = { name: string; passed: boolean }

/** Where one run of all suites leaves its results; `npm run claims` reads it. */
export const reportFile = 'build/report.json'

/** Vitest's JSON report, as far as we read it, with our stamp. */
export type TestReport = {
  /** The commit that was tested; `-dirty` when tracked files differed from it. */
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
    assertionResults: { title: string; fullName: string; status: string; failureMessages?: string[] }[]
  }[]
}

/** Runs vitest once and leaves a stamped report; with `steps` counted in, when there are any. */
export async function runVitest(args: string[], full: boolean, steps: StepResult[]): Promise<{ passed: number; failed: number }> {
  // Taken before the run, so that an edit made meanwhile cannot pass for tested.
  const tested = commit()
  rmSync(reportFile, { force: true })
  mkdirSync(path.dirname(reportFile), { recursive: true })
  const code = await run('vitest', ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`])

  const failedSteps = steps.filter((step) => !step.passed).length
  const passedSteps = steps.length - failedSteps
  if (!existsSync(reportFile)) return { passed: passedSteps, failed: failedSteps + 1 }

  // Written by vitest just now.
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport
  writeFileSync(reportFile, JSON.stringify({ ...report, commit: tested, full, steps }))
  const failed = failedSteps + report.numFailedTests + brokenFiles(report)
  // A crash outside any test (a leaked rejection, a failed set-up) is a failure too.
  return { passed: passedSteps + report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

/** Files that failed before they could offer a single failed test. */
function brokenFiles(report: TestReport): number {
  return report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((result) => result.status === 'failed'),
  ).length
}
