import { buildPages, bundleWorker } from './bundle.ts'
import { capture } from './run-step.ts'
import type { StepResult } from './test-report.ts'

const folders = ['app', 'worker', 'db', 'durable-objects', 'scripts', 'tests']

const types = { name: 'types', command: 'tsc', args: ['--pretty', 'false'] }
const checks = [
  { name: 'lint', command: 'oxlint', args: ['--format', 'unix'] },
  { name: 'dependency rules', command: 'depcruise', args: [...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'] },
]

/** Runs what needs no running Worker, side by side, and prints what failed. Beside it the pages are built, and the Worker that serves them in tests: both take one core where there are two. */
export async function staticChecks(): Promise<StepResult[]> {
  return Promise.all([...[types, ...checks].map(checked), built()])
}

/**
 * The same for a run of every test, which begins as soon as there is what it serves: the types go on beside it, for it begins
 * with half a minute in which one core waits for the other.
 */
export async function checksBeside(): Promise<{ rest: Promise<StepResult[]> }> {
  const first = await Promise.all([...checks.map(checked), built()])
  return { rest: checked(types).then((last) => [...first, last]) }
}

async function checked({ name, command, args }: typeof types): Promise<StepResult> {
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
