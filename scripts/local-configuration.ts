import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { configs, type Entry } from './bundle.ts'

/** What a local run takes from one wrangler configuration. Everything in it is plain JSON. */
export type LocalConfiguration = {
  /** Options of miniflare: bindings, flags, assets. */
  readonly worker: Readonly<Record<string, unknown>>
  readonly vars: Readonly<Record<string, string>>
  readonly databases: readonly { readonly binding: string; readonly migrations: string }[]
  readonly crons: readonly string[]
}

/**
 * What wrangler makes of a configuration. To import wrangler takes longer than to start the Worker, so its answer is kept
 * until the configuration, wrangler or the folder becomes another.
 */
export async function localConfiguration(entry: Entry, folder = 'build'): Promise<LocalConfiguration> {
  const sources = [configs[entry], 'node_modules/wrangler/package.json', 'scripts/local-configuration.ts'].map((file) => readFileSync(file, 'utf8'))
  const stamp = createHash('sha256').update([process.cwd(), ...sources].join('\0')).digest('hex')
  const file = path.join(folder, `${entry}.local.json`)
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LocalConfiguration & { stamp: string }) : null // `as`: written below
  if (kept?.stamp === stamp) return kept
  const made = await madeByWrangler(configs[entry])
  mkdirSync(folder, { recursive: true })
  // Beside it, then in its place: servers start side by side.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify({ ...made, stamp }))
  renameSync(`${file}.${process.pid}`, file)
  return made
}

async function madeByWrangler(config: string): Promise<LocalConfiguration> {
  process.env.WRANGLER_LOG ??= 'warn'
  const { unstable_getMiniflareWorkerOptions, unstable_readConfig } = await import('wrangler')
  const { vars, d1_databases: databases, triggers } = unstable_readConfig({ config }, { hideWarnings: true }) as Read // `as`: wrangler's own type is any to the compiler
  // Rules for finding modules; ours is one bundled module.
  const { modulesRules: _, ...worker } = unstable_getMiniflareWorkerOptions(config).workerOptions
  return { worker, vars, databases: databases.flatMap(({ binding, migrations_dir: migrations }) => (migrations ? [{ binding, migrations }] : [])), crons: triggers.crons ?? [] }
}

type Read = { vars: Record<string, string>; d1_databases: { binding: string; migrations_dir?: string }[]; triggers: { crons?: string[] } }
