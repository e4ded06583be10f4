import { execFile, execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(path.join(tmpdir(), 'countersign-claims-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A checkout whose `npm test` talks a great deal, and leaves a full report of the commit. */
function checkout(): void {
  for (const place of ['docs', 'scripts']) mkdirSync(path.join(folder, place))
  copyFileSync('docs/claims.json', path.join(folder, 'docs/claims.json'))
  writeFileSync(path.join(folder, '.gitignore'), 'build\n')
  writeFileSync(
    path.join(folder, 'scripts/enter.mjs'),
    `import { execFileSync } from 'node:child_process'
    import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
    console.log('✓ types')
    mkdirSync('build', { recursive: true })
    appendFileSync('build/runs', process.argv[2] + ' ')
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
    const results = [{ title: '[CIQ-35] a link dies', fullName: '[CIQ-35] a link dies', status: 'passed' }]
    writeFileSync('build/report.json', JSON.stringify({ commit, full: true, testResults: [{ name: 'a', status: 'passed', assertionResults: results }] }))
    console.log('1 passed, 0 failed')`,
  )
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=Test', '-c', 'user.email=test@people.test', ...args])
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '-m', 'first')
}

const claims = (): Promise<{ out: string; err: string }> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, [path.resolve('scripts/claims.ts'), '--json'], { cwd: folder }, (error, out, err) => (error ? reject(error) : resolve({ out, err })))
  })

test('asked for JSON, the answer is JSON and nothing else, also when the tests had to run first; the next one reads their report', async () => {
  checkout()
  const first = await claims()
  expect(JSON.parse(first.out)).toMatchObject({ proven: 1, total: 520, systems: { CIQ: { proven: 1, total: 82 } } })
  expect(first.err).toContain('1 passed, 0 failed')
  expect(JSON.parse((await claims()).out)).toEqual(JSON.parse(first.out))
  expect(readFileSync(path.join(folder, 'build/runs'), 'utf8')).toBe('test ')
})
