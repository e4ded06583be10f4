import { buildPages } from './bundle.ts'
import { capture } from './run-step.ts'
import type { StepResult } from './test-report.ts'

const folders = ['app', 'worker', 'db', 'durable-objects', 'scripts', 'tests']

const checks = [
  { name: 'types', command: 'tsc', args: ['--pretty', 'false'] },
  { name: 'lint', command: 'oxlint', args: ['--format', 'unix'] },
  { name: 'dependency rules', command: 'depcruise', args: [...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'] },
]

/** Runs what needs no running Worker, side by side, prints what failed, and then builds the pages. */
export async function staticChecks(): Promise<StepResult[]> {
  const results = await Promise.all(
    checks.map(async ({ name, command, args }) => {
      const { code, output } = await capture(command, args)
      const passed = code === 0
      console.log(passed ? `✓ ${name}` : `✗ ${name}\n${output}`)
      return { name, passed }
    }),
  )
  return [...results, await pagesBuild()]
}

async function pagesBuild(): Promise<StepResult> {
  try {
    await buildPages()
    console.log('✓ pages')
    return { name: 'pages', passed: true }
  } catch (error) {
    console.log(`✗ pages\n${error instanceof Error ? error.message : String(error)}`)
    return { name: 'pages', passed: false }
  }
}
