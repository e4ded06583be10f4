import process from 'node:process'

import { chromium, type Browser, type BrowserServer } from 'playwright-core'
import { inject } from 'vitest'

import { findChromium, howToGetChromium } from '../../scripts/find-chromium.ts'

const thrifty = [
  // Every page is a fresh one: what V8 optimises in it is seldom run often enough to pay, and cost a sixth of the browser's time.
  '--js-flags=--no-maglev,--no-turbofan',
  // One process a window, and none in reserve: most of those were thrown away unused.
  '--renderer-process-limit=1',
]

/** Starts the Chromium of this machine, once for all journeys. */
export function launchBrowser(): Promise<BrowserServer> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(howToGetChromium)
  // Chromium refuses its sandbox to root, which is who a build container usually is.
  const args = process.getuid?.() === 0 ? [...thrifty, '--no-sandbox'] : thrifty
  return chromium.launchServer({ executablePath, args })
}

/** A hold of the journeys' browser. What the caller opens in it is gone when the caller closes it. */
export const openBrowser = (): Promise<Browser> => chromium.connect(inject('browser'))
