import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

import ts from 'typescript'

/** One file of the repository, as the rules see it. */
export type SourceFile = { path: string; text: string }

/** A rule looks at files and answers with sentences, one per offence, each saying where and what to do instead. */
export type Rule = (files: readonly SourceFile[]) => string[]

const root = path.resolve(import.meta.dirname, '../..')
const ours = ['app', 'worker', 'db', 'durable-objects', 'scripts', 'tests', 'docs', '.ci']

/** Every text file of ours below the given folders, sorted by path. */
export function filesBelow(...folders: string[]): SourceFile[] {
  return (folders.length > 0 ? folders : ours)
    .flatMap((folder) => below(folder))
    .filter((file) => /\.(ts|tsx|js|mjs|cjs|sql|css|json|md|toml|html|sh)$|\/run$/.test(file))
    .sort()
    .map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }))
}

/** One file by its path; throws when it is not there. */
export function fileAt(file: string): SourceFile {
  return { path: file, text: readFileSync(path.join(root, file), 'utf8') }
}

/** The TypeScript among the files, without tests unless asked for. */
export function typescript(files: readonly SourceFile[], including: 'product' | 'tests too' = 'product'): SourceFile[] {
  return files.filter(({ path: file }) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && (including === 'tests too' || !isTest(file)))
}

export const isTest = (file: string): boolean => /\.(test|e2e)\.tsx?$/.test(file) || file.startsWith('tests/')

/** The syntax tree of a file. */
export function parse(file: SourceFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true, file.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
}

/** Calls `look` with every node of a tree. */
export function walk(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node)
  node.forEachChild((child) => walk(child, look))
}

/** `path:line` of a node, as editors and terminals understand it. */
export function at(source: ts.SourceFile, node: ts.Node): string {
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`
}

/** A file for planting an offence. */
export const planted = (file: string, text: string): SourceFile => ({ path: file, text })

function below(folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return []
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
}
