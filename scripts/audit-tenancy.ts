import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { unfilteredQueries } from './tenancy-rule.ts'

// Counts the statements that reach a database without the tenant in sight. Exit code 1 unless there are none.
const root = process.argv[2] ?? '.'
const files = ['worker', 'app'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({ path: path.posix.join(folder, name.split(path.sep).join('/')), text: readFileSync(path.join(root, folder, name), 'utf8') })),
)
const found = unfilteredQueries(files)
for (const line of found) console.log(line)
console.log(`${found.length} unfiltered ${found.length === 1 ? 'query' : 'queries'}`)
process.exitCode = found.length === 0 ? 0 : 1
