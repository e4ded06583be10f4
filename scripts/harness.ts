// npm run harness [-- --full] [--seed N] [file …]
// The measurements on the served product and the walks through every route. With --full and no file: at the figures of a
// full run, written to docs/evidence/.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import process from 'node:process'
import { parseArgs } from 'node:util'

import { buildPages } from './bundle.ts'
import { runVitest, type Evidence, type TestReport } from './test-report.ts'

const file = 'build/harness.json'
const folder = 'docs/evidence'

const { values, positionals } = parseArgs({ options: { full: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } }, allowPositionals: true })
process.env.HARNESS_FULL = values.full ? '1' : '0'
process.env.HARNESS_SEED = values.seed

await buildPages()
const projects = ['harness', 'walks'].flatMap((project) => ['--project', project])
const { passed, failed } = await runVitest([...projects, ...positionals], false, [], file)
if (values.full && positionals.length === 0) keep(JSON.parse(readFileSync(file, 'utf8')) as TestReport) // `as`: written by runVitest just now

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** What a full run found, for machines and for readers. */
function keep(report: TestReport): void {
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const evidence = results.flatMap(({ meta, status }) => (meta?.evidence ?? []).map((each) => ({ ...each, passed: status === 'passed' })))
  const run = { commit: report.commit, seed: Number(values.seed), day: new Date().toISOString().slice(0, 10), node: process.versions.node, cores: cpus().length, passed, failed }
  const ordered = evidence.toSorted((a, b) => Number(a.goal.slice(1)) - Number(b.goal.slice(1)))
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/full-run.json`, `${JSON.stringify({ run, evidence: ordered, failed: results.filter(({ status }) => status === 'failed').map(({ title }) => title) }, null, 2)}\n`)
  writeFileSync(`${folder}/full-run.md`, page(run, ordered))
}

function page(run: Record<string, number | string>, evidence: readonly (Evidence & { passed: boolean })[]): string {
  const rows = evidence.map(({ goal, says, figures, passed: held }) => `| ${goal} | ${says} | ${Object.entries(figures).map(([name, value]) => `${name} ${value}`).join(', ')} | ${held ? 'held' : '**failed**'} |`)
  return [
    '# A full run',
    '',
    `${Object.entries(run).map(([name, value]) => `${name} ${value}`).join(' · ')}`,
    '',
    'Repeat it with another seed: `npm run harness -- --full --seed N`. What each goal asks, and which figures are lower than asked and why: [README.md](README.md).',
    '',
    '| goal | what | figures | |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
