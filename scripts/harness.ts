// npm run harness [-- --full] [--seed N] [file …]
// The measurements on the served product and the walks through every route. With --full: at the figures of a full run, written
// to docs/evidence/; with files besides, only what those files measure is written anew.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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
if (values.full) keep(JSON.parse(readFileSync(file, 'utf8')) as TestReport) // `as`: written by runVitest just now

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** One measurement of a full run, with what it can be repeated by. */
type Kept = Evidence & { readonly held: boolean; readonly commit: string; readonly seed: number; readonly day: string }

/** What a full run found, for machines and for readers. Rows that this run did not measure stay as they were. */
function keep(report: TestReport): void {
  const stamp = { commit: report.commit, seed: Number(values.seed), day: new Date().toISOString().slice(0, 10) }
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const found = results.flatMap(({ meta, status }) => (meta?.evidence ?? []).map((each): Kept => ({ ...each, held: status === 'passed', ...stamp })))
  const json = `${folder}/full-run.json`
  const known = existsSync(json) ? (JSON.parse(readFileSync(json, 'utf8')) as { evidence: Kept[] }).evidence : [] // `as`: written below
  const rows = [...known.filter((old) => !found.some((row) => row.goal === old.goal && row.says === old.says)), ...found].toSorted((a, b) => Number(a.goal.slice(1)) - Number(b.goal.slice(1)))
  mkdirSync(folder, { recursive: true })
  writeFileSync(json, `${JSON.stringify({ node: process.versions.node, cores: cpus().length, evidence: rows }, null, 2)}\n`)
  writeFileSync(`${folder}/full-run.md`, page(rows))
}

function page(rows: readonly Kept[]): string {
  return [
    '# A full run',
    '',
    `On ${cpus().length} cores under Node ${process.versions.node}. Repeat it with another seed: \`npm run harness -- --full --seed N\`. What each goal asks, and which figures are lower than asked and why: [README.md](README.md).`,
    '',
    '| goal | what | figures | | commit, seed, day |',
    '|---|---|---|---|---|',
    ...rows.map(({ goal, says, figures, held, commit, seed, day }) => `| ${goal} | ${says} | ${Object.entries(figures).map(([name, value]) => `${name} ${value}`).join(', ')} | ${held ? 'held' : '**failed**'} | ${commit.slice(0, 7)}, ${seed}, ${day} |`),
    '',
  ].join('\n')
}
