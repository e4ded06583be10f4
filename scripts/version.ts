import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What /healthz and the reports call this build: the package's version and, in a checkout, the commit. */
export function version(): string {
  // package.json is ours and always has a version.
  const { version: number } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  const at = commit()
  return at === 'unknown' ? number : `${number}+${at.slice(0, 12)}`
}

/**
 * The commit of a checkout, with `-dirty` when its files are others than the commit's; `unknown` outside a checkout. A file that
 * git neither knows nor ignores counts: a test that lies only here would otherwise prove a claim for everybody.
 */
export function commit(checkout = '.'): string {
  try {
    const head = git('-C', checkout, 'rev-parse', 'HEAD')
    return git('-C', checkout, 'status', '--porcelain', '--untracked-files=normal') === '' ? head : `${head}-dirty`
  } catch {
    return 'unknown'
  }
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}
