import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import type { TestProject } from 'vitest/node'

import { serve } from '../../scripts/serve.ts'
import { launchBrowser } from './browser.ts'
import { seededDemo } from './seeded-demo.ts'

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

/** Before the journeys: serves a copy of the demo, with its crons, where the mails of the demo say that it is. */
export default async function startSandbox(project: TestProject): Promise<() => Promise<void>> {
  const demo = await seededDemo()
  const state = mkdtempSync(path.join(tmpdir(), 'countersign-journeys-'))
  cpSync(path.join(demo.state, 'v3'), path.join(state, 'v3'), { recursive: true })
  const { module, port, bindings } = demo
  const served = await serve({ entry: 'sandbox', module, state, port, bindings, crons: true })
  project.provide('origin', bindings['ORIGIN'] ?? '') // what cookies and forms are held to, which 127.0.0.1 is not
  project.provide('state', state)
  project.provide('demoState', demo.state)
  const browser = await launchBrowser()
  project.provide('browser', browser.wsEndpoint())
  return async () => {
    await browser.close()
    await served.stop()
    rmSync(state, { recursive: true, force: true })
    await demo.release()
  }
}
