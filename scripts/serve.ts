import path from 'node:path'

import { Miniflare, NoOpLog, convertV4MiniflareOptions } from 'miniflare'

import type { Entry } from './bundle.ts'
import { localConfiguration } from './local-configuration.ts'
import { migrateDatabase } from './migrate-database.ts'

/** What a local run of the bundled Worker needs. */
export type ServeOptions = {
  entry: Entry
  /** The bundled module, as `bundleWorker` returns it. */
  module: string
  /** The folder that holds databases, objects and buckets. */
  state: string
  /** Loopback port; 0 takes any free one. */
  port: number
  /** Secrets and variables, by binding name. */
  bindings: Record<string, string>
  /** Fires the crons of the configuration at every full minute. */
  crons?: boolean
  /** Opens workerd's inspector on a free port, for measurements of the heap. */
  inspected?: boolean
}

/** A running Worker. */
export type Served = {
  url: URL
  miniflare: Miniflare
  /** Fires one cron of the configuration now, as the platform would; resolves when the handler is done. */
  fireCron(cron: string): Promise<void>
  /** Stops the Worker and its workerd process. */
  stop(): Promise<void>
}

/**
 * Starts the bundled Worker on loopback in real workerd, with its databases migrated. `wrangler dev` would do too, but it
 * proxies and logs every request: this answers six to eight times as many.
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const { worker, vars, databases, crons } = await localConfiguration(options.entry)
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...worker,
      modules: true,
      scriptPath: path.resolve(options.module),
      modulesRoot: path.resolve(path.dirname(options.module)),
      // What the configuration sets in clear, and over it what this run was given; never the secrets of another run.
      bindings: { ...vars, ...options.bindings },
      host: '127.0.0.1',
      port: options.port,
      cf: false,
      ...(options.inspected ? { inspectorPort: 0 } : {}),
      log: new NoOpLog(),
      // Where `wrangler dev` keeps it too, so that both can run on the same state.
      resourcePersistencePath: path.resolve(options.state, 'v3'),
    }),
  )

  try {
    await miniflare.ready
    for (const { binding, migrations } of databases) await migrateDatabase(await miniflare.getD1Database(binding), migrations)
  } catch (error) {
    await miniflare.dispose()
    throw error
  }

  const fireCron = async (cron: string) => {
    await (await miniflare.getWorker()).scheduled({ cron, scheduledTime: new Date(Date.now()) })
  }
  const clock = options.crons ? startClock(crons, fireCron) : undefined
  return {
    url: await miniflare.ready,
    miniflare,
    fireCron,
    async stop() {
      clearTimeout(clock?.timer)
      await miniflare.dispose()
    },
  }
}

/** Fires at every full minute what is due in it. Knows the two patterns that wrangler.toml uses. */
export function startClock(crons: readonly string[], fire: (cron: string) => Promise<void>): { timer?: NodeJS.Timeout } {
  const clock: { timer?: NodeJS.Timeout } = {}
  const next = () => {
    clock.timer = setTimeout(() => {
      for (const cron of crons.filter((pattern) => isDue(pattern, new Date(Date.now()).getUTCMinutes()))) {
        fire(cron).catch((error: unknown) => console.error(`The cron ${cron} failed: ${String(error)}`))
      }
      next()
    }, 60_000 - (Date.now() % 60_000))
  }
  next()
  return clock
}

/** Whether a pattern of the forms `* * * * *` and `M * * * *` is due in `minute`. Throws on any other. */
export function isDue(pattern: string, minute: number): boolean {
  const match = /^(\*|\d{1,2}) \* \* \* \*$/.exec(pattern)
  if (!match) throw new Error(`scripts/serve.ts cannot fire the cron "${pattern}" locally: teach isDue its form.`)
  return match[1] === '*' || Number(match[1]) === minute
}
