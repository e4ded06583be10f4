import { bundleTestWorker } from '../../scripts/bench-servers.ts'
import { serve } from '../../scripts/serve.ts'
import type { Server } from './server.ts'

export type Session = { readonly cookie: string; readonly csrf: string }
/** A tenant that the seeding Worker made, where it lives, and people of it with sessions. */
export type Place = { readonly tenantId: string; readonly shard: string; readonly owner: Session; readonly people: readonly Session[] }

/** Asks the seeding Worker for something; see its routes. */
export type Ask = <T>(path: string, json: unknown) => Promise<T>

/** Serve the seeding Worker of tests/bench on a server's state for a moment, while the server itself is down. */
export async function seeding<T>({ state, port, bindings }: Server, work: (ask: Ask) => Promise<T>): Promise<T> {
  const module = await bundleTestWorker('tests/bench/seeding-worker.ts', 'wrangler.toml')
  const served = await serve({ entry: 'production', module, state, port, bindings })
  try {
    return await work(async <A>(path: string, json: unknown): Promise<A> => {
      const answer = await fetch(new URL(path, served.url), { method: 'POST', body: JSON.stringify(json) })
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
      return (await answer.json()) as A // `as`: our own Worker, which says so beside each route
    })
  } finally {
    await served.stop()
  }
}

/** What a browser with this session sends. */
export const headersOf = (origin: string, { cookie, csrf }: Session): Record<string, string> => ({ Cookie: cookie, 'User-Agent': 'a test', 'X-CSRF-Token': csrf, Origin: origin })
