import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What /healthz and the reports call this build: the package's version and, in a checkout, the commit. */
export function version(): string {
  // package.json is ours and always has a version.
  const { version: number } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  const at = commit()
  return at === 'unknown' ? number : `${number}+${at.slice(0, 12)}`
}

/** The commit of the checkout, with `-dirty` when tracked files differ from it; `unknown` outside a checkout. */
export function commit(): string {
  try {
    const head = git('rev-parse', 'HEAD')
    return git('status', '--porcelain', '--untracked-files=no') === '' ? head : `${head}-dirty`
  } catch {
    return 'unknown'
  }
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}
