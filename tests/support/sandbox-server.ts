import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import type { TestProject } from 'vitest/node'

import { buildPages, bundleWorker } from '../../scripts/bundle.ts'
import { freePort } from '../../scripts/free-port.ts'
import { serve } from '../../scripts/serve.ts'
import { launchBrowser } from './browser.ts'
import { sandboxSecrets } from './test-secrets.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the journeys' server answers, e.g. `http://localhost:40123`. */
    origin: string
    /** Its state folder, for tests that look for plaintext on disk. */
    state: string
    /** Where the journeys' browser listens. */
    browser: string
  }
}

/** Before the journeys: builds the product and serves the sandbox with its demo data on a free port. */
export default async function startSandbox(project: TestProject): Promise<() => Promise<void>> {
  await buildPages()
  const module = await bundleWorker('sandbox')
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const state = mkdtempSync(path.join(tmpdir(), 'countersign-journeys-'))
  const bindings = { ...sandboxSecrets(), ORIGIN: origin }
  const served = await serve({ entry: 'sandbox', module, state, port, bindings, crons: true })

  const seeded = await fetch(`${origin}/sandbox/seed`, { method: 'POST', headers: { origin } })
  if (!seeded.ok) throw new Error(`POST /sandbox/seed answered ${seeded.status}`)
  project.provide('origin', origin)
  project.provide('state', state)
  const browser = await launchBrowser()
  project.provide('browser', browser.wsEndpoint())
  return async () => {
    await browser.close()
    await served.stop()
    rmSync(state, { recursive: true, force: true })
  }
}
