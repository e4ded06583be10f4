import { cpSync, mkdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { buildPages, bundleWorker, type Entry } from '../../scripts/bundle.ts'

const lock = 'build/harness.lock'
/** A lock this old was left by a run that died. */
const STALE_MS = 5 * 60_000

/**
 * A built Worker in a folder of its own: harnesses run side by side, and a build that begins meanwhile must not take away
 * what another one serves. One builds at a time.
 */
export async function ownBundle(entry: Entry, folder: string): Promise<string> {
  await taken()
  try {
    await buildPages()
    const module = await bundleWorker(entry)
    const own = path.join(folder, 'bundle')
    cpSync(path.dirname(module), own, { recursive: true })
    return path.join(own, path.basename(module))
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

async function taken(): Promise<void> {
  mkdirSync('build', { recursive: true })
  for (;;) {
    try {
      mkdirSync(lock)
      return
    } catch {
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0)
      if (age > STALE_MS) rmSync(lock, { recursive: true, force: true })
      await wait(200)
    }
  }
}
