import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import process from 'node:process'

import { unstable_readConfig } from 'wrangler'

import { buildPages, configs } from './bundle.ts'
import { devKeys } from './dev-keys.ts'
import { giveUp, run } from './run-step.ts'
import { clearStaleServer } from './server-record.ts'
import { version } from './version.ts'

// The sandbox under wrangler dev: one process, real workerd, its inspector. remix vite:dev cannot run our objects, so the
// pages are rebuilt on every change in app/ and wrangler reloads when their build changes.
const port = process.env.PORT ?? '8787'
const state = process.env.STATE ?? '.wrangler/state'
const config = ['--config', configs.sandbox]

await clearStaleServer(state)
await devKeys()
await buildPages()
for (const database of databases()) {
  const code = await run('wrangler', ['d1', 'migrations', 'apply', database, '--local', '--persist-to', state, ...config], { env: { CI: '1' } })
  if (code !== 0) giveUp(`The database ${database} could not be migrated; wrangler says why above.`)
}

const variables = ['--var', `ORIGIN:http://localhost:${port}`, '--var', `VERSION:${version()}`]
const args = ['dev', ...config, '--ip', '127.0.0.1', '--port', port, '--persist-to', state, '--test-scheduled', ...variables]
const wrangler = spawn('wrangler', args, { stdio: 'inherit' })
wrangler.on('exit', (code) => process.exit(code ?? 0))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => wrangler.kill(signal))

const pending: { timer?: NodeJS.Timeout } = {}
watch('app', { recursive: true }, () => {
  clearTimeout(pending.timer)
  pending.timer = setTimeout(() => void buildPages().catch((error: unknown) => console.error(String(error))), 150)
})

/** Every database that the sandbox's configuration migrates, by binding. */
function databases(): string[] {
  const { d1_databases: bound } = unstable_readConfig({ config: configs.sandbox }, { hideWarnings: true }) as { d1_databases: { binding: string; migrations_dir?: string }[] } // `as`: wrangler's own type is any to the compiler
  return bound.filter(({ migrations_dir: folder }) => folder).map(({ binding }) => binding)
}
