import type { WorkerSecret } from './worker-secrets.ts'

/** The parts of wrangler.toml that a deployment must provide for. */
export type DeployConfig = {
  name: string
  main: string
  databases: { binding: string; name: string }[]
  buckets: string[]
}

/** What the Cloudflare account has already, by name. */
export type Existing = { databases: Record<string, string>; buckets: string[]; secrets: string[] }

/** One command of a deployment. `secrets` go to its stdin; they are in no argument and in no file. */
export type DeployStep = { why: string; command: 'wrangler'; args: string[]; secrets?: WorkerSecret[] }

/** The copy of wrangler.toml that carries the account's own database ids. Ignored by git. */
export const deployedConfig = 'wrangler.deploy.toml'

/** What must exist before the configuration can be written: databases and buckets that are not there yet. */
export function planProvisioning(config: DeployConfig, existing: Existing): DeployStep[] {
  const databases = config.databases
    .filter(({ name }) => !existing.databases[name])
    .map(({ name }) => step(`make the database ${name}`, 'd1', 'create', name))
  const buckets = config.buckets
    .filter((name) => !existing.buckets.includes(name))
    .map((name) => step(`make the bucket ${name}`, 'r2', 'bucket', 'create', name))
  return [...databases, ...buckets]
}

/**
 * The rest, in the one safe order: keys first, because a Worker without them answers nothing; then the databases, because
 * a Worker newer than its database answers 503; the Worker last. A secret that is there is never replaced: a new key in
 * the place of an old one would make every row under it unreadable.
 */
export function planRelease(config: DeployConfig, existing: Existing, secrets: readonly WorkerSecret[], variables: Record<string, string>): DeployStep[] {
  const missing = secrets.filter(({ name }) => !existing.secrets.includes(name))
  const at = ['--config', deployedConfig]
  return [
    ...(missing.length > 0
      ? [{ ...step(`make and store ${missing.map(({ name }) => name).join(', ')}`, 'secret', 'bulk', ...at), secrets: missing }]
      : []),
    ...config.databases.map(({ binding, name }) => step(`migrate ${name}`, 'd1', 'migrations', 'apply', binding, '--remote', ...at)),
    step(`deploy ${config.name}`, 'deploy', ...at, ...Object.entries(variables).flatMap(([name, value]) => ['--var', `${name}:${value}`])),
  ]
}

/** The text of wrangler.deploy.toml: wrangler.toml with the account's database ids. Throws a sentence when one is missing. */
export function configForAccount(text: string, databases: Record<string, string>): string {
  return text.replace(/database_name = "([^"]+)"\ndatabase_id = "[^"]*"/g, (_, name: string) => {
    const id = databases[name]
    if (!id) throw new Error(`The account has no database ${name}.`)
    return `database_name = "${name}"\ndatabase_id = "${id}"`
  })
}

/** The sentence that refuses this deployment, or undefined when it may go on. */
export function refusal(config: DeployConfig, origin: string | undefined): string | undefined {
  if (config.main.replaceAll('\\', '/').endsWith('worker/index.ts') === false) {
    return `Only worker/index.ts is ever deployed; this configuration's entry is ${config.main}.`
  }
  const url = origin !== undefined && URL.canParse(origin) ? new URL(origin) : undefined
  if (!url || url.protocol !== 'https:' || url.origin !== origin) {
    return 'Say where it will be reached: npm run deploy -- --origin https://countersign.example.com (https, no path). Passkeys bind to that host for good.'
  }
  return undefined
}

function step(why: string, ...args: string[]): DeployStep {
  return { why, command: 'wrangler', args }
}
