import { buildPages, bundleWorker } from './bundle.ts'
import { capture } from './run-step.ts'
import type { StepResult } from './test-report.ts'

const folders = ['app', 'worker', 'db', 'durable-objects', 'scripts', 'tests']

const checks = [
  { name: 'types', command: 'tsc', args: ['--pretty', 'false'] },
  { name: 'lint', command: 'oxlint', args: ['--format', 'unix'] },
  { name: 'dependency rules', command: 'depcruise', args: [...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'] },
]

/** Runs what needs no running Worker, side by side, and prints what failed. Beside it the pages are built, and the Worker that serves them in tests: both take one core where there are two. */
export async function staticChecks(): Promise<StepResult[]> {
  return Promise.all([...checks.map(checked), built()])
}

async function checked({ name, command, args }: (typeof checks)[number]): Promise<StepResult> {
  const { code, output } = await capture(command, args)
  return told(name, code === 0, output)
}

async function built(): Promise<StepResult> {
  try {
    await buildPages()
    await bundleWorker('sandbox')
    return told('pages', true)
  } catch (error) {
    return told('pages', false, error instanceof Error ? error.message : String(error))
  }
}

function told(name: string, passed: boolean, output = ''): StepResult {
  console.log(passed ? `✓ ${name}` : `✗ ${name}\n${output}`)
  return { name, passed }
}
