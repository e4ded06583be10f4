import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'

import { proofsFile, writeProofs } from './proofs.ts'
import { capture } from './run-step.ts'
import { typefacesFile, writeTypefaces } from './typefaces.ts'

/** The two Workers that can be bundled: the one that is deployed, and the one `npm start` runs around it. */
export type Entry = 'production' | 'sandbox'

/** Which wrangler configuration each is bundled from. */
export const configs: Record<Entry, string> = { production: 'wrangler.toml', sandbox: 'wrangler.sandbox.toml' }

const pageSources = ['app', 'worker', 'db', 'durable-objects', 'public', 'vite.config.ts', 'package.json', 'package-lock.json']

/** Builds the pages unless build/ already holds them for these very sources. */
export async function buildPages(): Promise<void> {
  writeProofs()
  writeTypefaces()
  await once('build/pages.stamp', pageSources, ['build/server/index.js', 'build/client'], async () => {
    say('Building the pages …')
    // Beside the old build, then in its place: whoever reads the old one meanwhile is not left with half of it.
    const next = `.build-${process.pid}`
    try {
      await must('remix', ['vite:build', '--logLevel', 'warn'], { NODE_ENV: 'production', PAGES_DIRECTORY: next })
      for (const half of ['client', 'server']) {
        rmSync(`build/${half}`, { recursive: true, force: true })
        mkdirSync('build', { recursive: true })
        renameSync(`${next}/${half}`, `build/${half}`)
      }
    } finally {
      rmSync(next, { recursive: true, force: true })
    }
  })
}

/**
 * Bundles a Worker exactly as `wrangler deploy` would, unless it is there already, and returns the path of its module.
 * The pages must have been built.
 */
export async function bundleWorker(entry: Entry): Promise<string> {
  const folder = `build/${entry}`
  const module_ = path.join(folder, entry === 'production' ? 'index.js' : 'sandbox.js')
  const config = configs[entry]
  await once(`${folder}.stamp`, [...pageSources, proofsFile, typefacesFile, config], [module_], async () => {
    say(`Bundling the ${entry} Worker …`)
    rmSync(folder, { recursive: true, force: true })
    const quiet = { WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: '.cache/wrangler-logs', WRANGLER_HIDE_BANNER: 'true' }
    await must('wrangler', ['deploy', '--dry-run', '--outdir', folder, '--config', config], quiet)
  })
  return module_
}

/** Does `work` unless the stamp says that it was done for the present contents of `sources`. One at a time: suites that run side by side ask for the same. */
async function once(stamp: string, sources: string[], products: string[], work: () => Promise<void>): Promise<void> {
  const isDone = (now: string) => products.every((file) => existsSync(file)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now
  if (isDone(contentHash(sources))) return
  await takeLock()
  try {
    const now = contentHash(sources)
    if (isDone(now)) return
    rmSync(stamp, { force: true })
    await work()
    mkdirSync(path.dirname(stamp), { recursive: true })
    writeFileSync(stamp, now)
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

const lock = 'build/lock'
/** A lock this old was left by a run that died. */
const STALE_MS = 5 * 60_000

async function takeLock(): Promise<void> {
  mkdirSync(path.dirname(lock), { recursive: true })
  for (;;) {
    try {
      mkdirSync(lock)
      return
    } catch {
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0)
      if (age > STALE_MS) rmSync(lock, { recursive: true, force: true })
      await wait(200)
    }
  }
}

function contentHash(sources: string[]): string {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of filesUnder(source)) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(source: string): string[] {
  if (!existsSync(source)) return []
  const entries = path.extname(source) ? undefined : readdirSync(source, { recursive: true, withFileTypes: true })
  if (!entries) return [source]
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

async function must(command: string, args: string[], env: Record<string, string>): Promise<void> {
  const { code, output } = await capture(command, args, { env })
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${essence(output)}`)
}

/** Rollup ends its errors with every file it watched. */
const essence = (output: string): string => output.split(/\n\s+(?:at |watchFiles)/)[0] ?? output

/** Progress goes to stderr: stdout belongs to what a command answers. */
function say(sentence: string): void {
  console.error(sentence)
}
