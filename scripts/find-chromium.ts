import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import process from 'node:process'

import { chromium } from 'playwright-core'

import { run } from './run-step.ts'

const usualPlaces = [
  // Chromium without windows: the same pages for a fifth less of the processor.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The path of a Chromium on this machine: `CHROMIUM_PATH` first, then the usual places, then playwright's own download. */
export function findChromium(): string | undefined {
  const wished = process.env.CHROMIUM_PATH
  if (wished) return existsSync(wished) ? wished : undefined
  return [...usualPlaces, chromium.executablePath()].find((place) => existsSync(place))
}

/** Finds a Chromium, or installs one where this machine lets us; undefined when neither worked. */
export async function findOrInstallChromium(): Promise<string | undefined> {
  const found = findChromium()
  if (found || process.env.CHROMIUM_PATH) return found

  console.error('No Chromium on this machine; installing one for the browser journeys …')
  if (process.getuid?.() === 0 && works('apt-get', '--version')) {
    await run('apt-get', ['update', '-qq'])
    const install = (name: string) => run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { env: { DEBIAN_FRONTEND: 'noninteractive' } })
    if ((await install('chromium-headless-shell')) !== 0) await install('chromium')
  }
  if (!findChromium()) await run('playwright-core', ['install', 'chromium'])
  return findChromium()
}

/** What to tell somebody whose machine has none. */
export const howToGetChromium =
  'The browser journeys need a Chromium, and none could be found or installed. Install Chromium or Google Chrome, or set ' +
  'CHROMIUM_PATH to one, and run the command again.'

function works(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}
