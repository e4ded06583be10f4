import { mkdirSync } from 'node:fs'
import path from 'node:path'

import { Miniflare, NoOpLog, convertV4MiniflareOptions } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'

import { configs } from './bundle.ts'
import { capture } from './run-step.ts'

type V4Assets = NonNullable<Extract<Parameters<typeof convertV4MiniflareOptions>[0], { scriptPath: string }>['assets']>

/** Bundles a Worker of the tests with the tool that bundles the product, and answers where its module lies. */
export async function bundleTestWorker(source: string, config: string): Promise<string> {
  const name = path.basename(source, '.ts')
  const folder = path.join('build', name)
  mkdirSync(folder, { recursive: true })
  const quiet = { WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: '.cache/wrangler-logs', WRANGLER_HIDE_BANNER: 'true' }
  const { code, output } = await capture('wrangler', ['deploy', source, '--dry-run', '--outdir', folder, '--config', config], { env: quiet })
  if (code !== 0) throw new Error(`${source} could not be bundled:\n${output}`)
  return path.join(folder, `${name}.js`)
}

/**
 * The naked Worker of tests/bench, with a database and an object of its own on disk, as the product has them, and with the
 * product's files before it: miniflare puts two Workers of its own, its stand-in for the platform's router, before a Worker
 * that has files (docs/decisions/0014). Served without them, the naked one would be spared what has nothing to do with security.
 */
export async function serveNaked(module: string, state: string): Promise<{ url: URL; stop(): Promise<void> }> {
  const { assets } = unstable_getMiniflareWorkerOptions(configs.production).workerOptions as { assets: V4Assets } // `as`: wrangler types them for the miniflare it brings
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: 'naked',
      assets,
      modules: true,
      scriptPath: path.resolve(module),
      modulesRoot: path.resolve(path.dirname(module)),
      compatibilityDate: '2026-11-01',
      compatibilityFlags: ['nodejs_compat'],
      d1Databases: ['DB'],
      durableObjects: { LOG: { className: 'NakedLog', useSQLite: true } },
      host: '127.0.0.1',
      port: 0,
      cf: false,
      log: new NoOpLog(),
      resourcePersistencePath: path.resolve(state, 'v3'),
    }),
  )
  return { url: await miniflare.ready, stop: () => miniflare.dispose() }
}
