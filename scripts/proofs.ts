import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import type { Proof, Proofs } from '../worker/core/trust/proof.ts'
import { tagsOf } from './claims-ledger.ts'
import { commit } from './version.ts'

/** Where the Worker's bundle finds which tests carry which claim, and what came of them (`#proofs` in package.json). */
export const proofsFile = 'build/proofs.json'

/** `npm test` leaves it; test-report.ts, which runs things, is not imported for its name. */
const reportFile = 'build/report.json'

/** A test by its file and whole title. */
export type FoundTest = { file: string; title: string; result: Proof['result'] }

/** What a report must say of itself to be believed, and what it says of tests. */
export type RunReport = { commit: string; full: boolean; testResults: { name: string; assertionResults: { title: string; status: string }[] }[] }

type Text = { file: string; text: string }

/** Every test whose title is written out, as the sources have it: nothing is said of what came of it. */
export function testsIn(files: readonly Text[]): FoundTest[] {
  return files.flatMap(({ file, text }) =>
    [...text.matchAll(/\btest(?:\.prop\([^)]*\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g)].map(([, , title = '']) => ({ file, title: title.replaceAll(/\\(['"`])/g, '$1'), result: null })),
  )
}

/**
 * The same tests with what the full run of this very commit said of each; null where there is none: a report of another
 * commit, of edited files or of a part of the tests proves nothing here. A test that the run never came to is `not run`.
 */
export function testsOf(report: RunReport | null, at: string, found: readonly FoundTest[], root: string): FoundTest[] | null {
  if (!report?.full || report.commit !== at || !/^[0-9a-f]{40}$/.test(at)) return null
  const ran = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ title, status }): FoundTest => ({ file: path.relative(root, name).split(path.sep).join('/'), title, result: status === 'passed' || status === 'failed' ? status : 'not run' })),
  )
  const key = ({ file, title }: FoundTest) => `${file}\n${title}`
  const known = new Set(ran.map(key))
  const families = new Set(ran.map(({ file, title }) => `${file}\n${tagsOf(title).join()}`))
  // A title with a placeholder is one of many in the report; it counts as run where that file ran any with its tags.
  const missed = found.filter((test) => !known.has(key(test)) && !(test.title.includes('${') && families.has(`${test.file}\n${tagsOf(test.title).join()}`)))
  return [...ran, ...missed.map((test): FoundTest => ({ ...test, result: 'not run' }))]
}

/** Tests by claim, and by the file that a control names as its proof. Titles are told without their tags. */
export function proofsIn(tests: readonly FoundTest[], named: readonly string[], at: string | null): Proofs {
  const claims: Record<string, Proof[]> = {}
  const files: Record<string, Proof[]> = {}
  for (const { file, title, result } of tests) {
    const proof = { title: title.replace(/^(\[[A-Z]{3}-\d{2,3}\])+\s*/, ''), file, result }
    for (const id of tagsOf(title)) (claims[id] ??= []).push(proof)
    if (named.includes(file)) (files[file] ??= []).push(proof)
  }
  return { commit: at, claims, files }
}

/** Test files that a control names, read from the declarations' sources. */
export const namedIn = (sources: readonly Text[]): string[] =>
  sources.flatMap(({ text }) => [...text.matchAll(/provenBy: \[([^\]]*)\]/g)].flatMap(([, list = '']) => [...list.matchAll(/'([^']+)'/g)].map(([, file = '']) => file)))

/** Write the file that the bundle reads. */
export function writeProofs(): void {
  const tests = below(['worker', 'durable-objects', 'db', 'app', 'tests', 'scripts'], /\.(test|e2e)\.tsx?$/)
  const found = testsIn(tests)
  const at = commit()
  const report = existsSync(reportFile) ? (JSON.parse(readFileSync(reportFile, 'utf8')) as RunReport) : null // `as`: written by our own test script
  const ran = testsOf(report, at, found, process.cwd())
  mkdirSync(path.dirname(proofsFile), { recursive: true })
  writeFileSync(proofsFile, JSON.stringify(proofsIn(ran ?? found, namedIn(below(['worker'], /(?<!\.test)\.ts$/)), ran ? at : null)))
}

const below = (folders: readonly string[], named: RegExp): Text[] =>
  folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.posix.join(folder, name.split(path.sep).join('/'))))
    .filter((file) => named.test(file))
    .sort((a, b) => a.localeCompare(b))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
