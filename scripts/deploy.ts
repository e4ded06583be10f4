import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

import { unstable_readConfig } from 'wrangler'

import { buildPages } from './bundle.ts'
import {
  configForAccount,
  deployedConfig,
  planProvisioning,
  planRelease,
  refusal,
  type DeployConfig,
  type DeployStep,
  type Existing,
} from './deploy-plan.ts'
import { capture, giveUp } from './run-step.ts'
import { version } from './version.ts'
import { secretFrom, workerSecrets } from './worker-secrets.ts'

// npm run deploy -- --origin https://… [--dry-run]; the first run provisions, later ones migrate and release.
const { values: options } = parseArgs({ options: { origin: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } } })
const config = readDeployConfig()
const refused = refusal(config, options.origin)
if (refused) giveUp(refused)

const origin = options.origin ?? ''
const variables = { ORIGIN: origin, VERSION: version() }

if (options['dry-run']) {
  const nothing: Existing = { databases: {}, buckets: [], secrets: [] }
  console.log(`# write ${deployedConfig} between these two halves, with the databases' ids`)
  for (const planned of [...planProvisioning(config, nothing), ...planRelease(config, nothing, workerSecrets, variables)]) print(planned)
} else {
  await deploy()
}

async function deploy(): Promise<void> {
  const whoami = await capture('wrangler', ['whoami'])
  if (whoami.code !== 0) giveUp('wrangler is not signed in. Run "npx wrangler login", or set CLOUDFLARE_API_TOKEN, and try again.')
  await buildPages()

  for (const planned of planProvisioning(config, { databases: await databases(), buckets: await buckets(), secrets: [] })) await take(planned)
  const ids = await databases()
  writeFileSync(deployedConfig, configForAccount(readFileSync('wrangler.toml', 'utf8'), ids))
  const existing: Existing = { databases: ids, buckets: config.buckets, secrets: await secrets() }
  for (const planned of planRelease(config, existing, workerSecrets, variables)) await take(planned)
  console.log(`\ndeployed ${version()}`)
  console.log(await publicKeySentence())
}

/** The key that verifies the audit log, asked of what was just deployed: the private one was handed over and kept nowhere. */
async function publicKeySentence(): Promise<string> {
  const later = `${origin} does not answer yet. When its domain is attached, keep log.publicKey of ${origin}/trust.json: it verifies every export of the audit log.`
  try {
    const answer = await fetch(`${origin}/trust.json`, { signal: AbortSignal.timeout(10_000) })
    // Our own route's answer.
    const { log } = answer.ok ? ((await answer.json()) as { log?: { publicKey?: string } }) : {}
    return log?.publicKey ? `Keep this key. It verifies every export of the audit log: ${log.publicKey}` : later
  } catch {
    return later
  }
}

async function take(planned: DeployStep): Promise<void> {
  print(planned)
  const values = planned.secrets && (await Promise.all(planned.secrets.map(async ({ name, form }) => [name, await secretFrom(randomBytes(32), form, origin && new URL(origin).host)])))
  const input = values ? JSON.stringify(Object.fromEntries(values)) : ''
  const { code, output } = await capture(planned.command, planned.args, { input, env: { CI: '1', WRANGLER_SEND_METRICS: 'false' } })
  if (code !== 0) giveUp(`Could not ${planned.why}. Nothing after it was done; the command may be repeated. wrangler said:\n${output}`)
}

function print({ why, command, args, secrets: given }: DeployStep): void {
  console.log(`\n# ${why}${given ? ' (fresh random values on stdin, kept nowhere else)' : ''}`)
  for (const { name, purpose } of given ?? []) console.log(`#   ${name}: ${purpose}`)
  console.log([command, ...args].join(' '))
}

async function databases(): Promise<Record<string, string>> {
  const listed = await answer<{ name: string; uuid: string }[]>('d1', 'list', '--json')
  return Object.fromEntries(listed.map(({ name, uuid }) => [name, uuid]))
}

async function buckets(): Promise<string[]> {
  const found: string[] = []
  for (const name of config.buckets) {
    if ((await capture('wrangler', ['r2', 'bucket', 'info', name, '--json'])).code === 0) found.push(name)
  }
  return found
}

/** Names only; Cloudflare never gives a secret back. A Worker that was never deployed has none. */
async function secrets(): Promise<string[]> {
  const { code, output } = await capture('wrangler', ['secret', 'list', '--format', 'json', '--config', deployedConfig])
  if (code !== 0 && /not found|does not exist|10007/i.test(output)) return []
  // Guessing "none" here would replace keys that sealed rows depend on.
  if (code !== 0) giveUp(`The Worker's secrets could not be listed. wrangler said:\n${output}`)
  return parsed<{ name: string }[]>(output).map(({ name }) => name)
}

async function answer<T>(...args: string[]): Promise<T> {
  const { code, output } = await capture('wrangler', args)
  if (code !== 0) giveUp(`wrangler ${args.join(' ')} failed:\n${output}`)
  return parsed<T>(output)
}

/** wrangler may print a notice before its JSON. */
function parsed<T>(output: string): T {
  // The shapes are wrangler's, pinned with its version.
  return JSON.parse(output.slice(output.search(/[[{]\s*["{\]]/))) as T
}

/** What we read of wrangler's configuration; its own type is any to the compiler. */
type WranglerConfig = {
  name?: string
  main?: string
  d1_databases: { binding: string; database_name?: string }[]
  r2_buckets: { bucket_name?: string }[]
}

function readDeployConfig(): DeployConfig {
  const { name, main, d1_databases, r2_buckets } = unstable_readConfig({ config: 'wrangler.toml' }, { hideWarnings: true }) as WranglerConfig
  return {
    name: name ?? '',
    main: main ?? '',
    databases: d1_databases.map(({ binding, database_name }) => ({ binding, name: database_name ?? '' })),
    buckets: r2_buckets.map(({ bucket_name }) => bucket_name ?? ''),
  }
}
