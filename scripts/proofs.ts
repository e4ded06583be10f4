import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tagsOf } from './claims-ledger.ts'

/** Where the Worker's bundle finds which tests carry which claim (`#proofs` in package.json). */
export const proofsFile = 'build/proofs.json'

/** Titles of the tests that carry a claim, by claim, read from the sources: the trust page names them. */
export function proofsIn(files: readonly { file: string; text: string }[]): Record<string, { title: string; file: string }[]> {
  const proofs: Record<string, { title: string; file: string }[]> = {}
  for (const { file, text } of files) {
    for (const [, , title = ''] of text.matchAll(/\btest(?:\.prop\([^)]*\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g)) {
      for (const id of tagsOf(title)) (proofs[id] ??= []).push({ title: title.replace(/^(\[[A-Z]{3}-\d{2,3}\])+\s*/, '').replaceAll(/\\(['"`])/g, '$1'), file })
    }
  }
  return proofs
}

/** Write the file that the bundle reads. */
export function writeProofs(): void {
  const files = ['worker', 'durable-objects', 'db', 'app', 'tests', 'scripts'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(test|e2e)\.tsx?$/.test(name))
      .map((name) => ({ file: path.posix.join(folder, name.split(path.sep).join('/')), text: readFileSync(path.join(folder, name), 'utf8') })),
  )
  mkdirSync(path.dirname(proofsFile), { recursive: true })
  writeFileSync(proofsFile, JSON.stringify(proofsIn(files.sort((a, b) => a.file.localeCompare(b.file)))))
}
