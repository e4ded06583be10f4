import process from 'node:process'

import { buildPages, bundleWorker } from './bundle.ts'
import { bindStateToKeys, devKeys } from './dev-keys.ts'
import { freePort } from './free-port.ts'
import { giveUp } from './run-step.ts'
import { clearStaleServer, recordServer } from './server-record.ts'
import { serve, type Served } from './serve.ts'
import { version } from './version.ts'

/** One row of the sandbox's list of demo sign-ins. */
type DemoSignIn = { email: string; password: string; role: string; tenant: string }

const wanted = Number(process.env.PORT ?? 8787)
const state = process.env.STATE ?? '.wrangler/state'
if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) giveUp(`PORT must be a number from 0 to 65535, not "${process.env.PORT}".`)

const life: { served?: Served; stopping?: boolean } = {}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
// The launcher's channel: it closes when the launcher is gone, however it went.
process.on('disconnect', () => void stop())

try {
  await start()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  await life.served?.stop()
  process.exit(1)
}

async function start(): Promise<void> {
  await clearStaleServer(state)
  const port = await freePort(wanted)
  const keys = await devKeys()
  bindStateToKeys(state, keys)
  await buildPages()
  const module = await bundleWorker('sandbox')
  if (life.stopping) return

  const bindings = { ...keys, ORIGIN: `http://localhost:${port}`, VERSION: version() }
  life.served = await serve({ entry: 'sandbox', module, state, port, bindings, crons: true })
  recordServer(state)
  const origin = `http://localhost:${life.served.url.port}`

  await seed(origin)
  console.log(`ready ${origin}`)
  await printSignIns(origin)
}

/** Asks the running Worker for its demo data; it adds only what is missing. */
async function seed(origin: string): Promise<void> {
  const answer = await fetch(`${origin}/sandbox/seed`, { method: 'POST', headers: { origin } })
  if (!answer.ok) throw new Error(`The demo data could not be written: POST /sandbox/seed answered ${answer.status}.`)
}

async function printSignIns(origin: string): Promise<void> {
  const answer = await fetch(`${origin}/sandbox/accounts.json`)
  if (!answer.ok) return
  // Our own sandbox's answer; its shape is held by the sandbox's tests.
  const accounts = (await answer.json()) as DemoSignIn[]
  if (accounts.length > 0) console.log('\nSign in as')
  for (const { email, password, role, tenant } of accounts) console.log(`  ${email}  ${password}  ${role} of ${tenant}`)
}

async function stop(): Promise<void> {
  if (life.stopping) return
  life.stopping = true
  await life.served?.stop()
  process.exit(0)
}
