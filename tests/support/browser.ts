import process from 'node:process'

import { chromium, type Browser } from 'playwright-core'

import { findChromium, howToGetChromium } from '../../scripts/find-chromium.ts'

/** Opens the Chromium of this machine; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(howToGetChromium)
  // Chromium refuses its sandbox to root, which is who a build container usually is.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args })
}
