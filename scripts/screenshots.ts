// npm run screenshots
// The pictures of docs/screenshots, taken anew from the running product with its demo tenants, in both themes.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'

import { chromium, type Browser, type Page } from 'playwright-core'

import { freePort } from './free-port.ts'
import { buildPages, bundleWorker } from './bundle.ts'
import { devKeys } from './dev-keys.ts'
import { findOrInstallChromium, howToGetChromium } from './find-chromium.ts'
import { giveUp } from './run-step.ts'
import { serve } from './serve.ts'
import { version } from './version.ts'

const folder = 'docs/screenshots'
const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

/** What each picture shows: signed out, or as the owner of the demo tenant. */
const pictures = [
  { name: 'trust', path: '/trust', size: { ...desk, height: 1180 }, open: 'Field encryption' },
  { name: 'home', path: '/', size: desk, owner: true },
  { name: 'audit', path: '/audit', size: desk, owner: true },
  { name: 'documents', path: '/documents', size: desk, owner: true },
  { name: 'keys', path: '/keys', size: desk, owner: true },
  { name: 'home-phone', path: '/', size: phone, owner: true },
  { name: 'people-phone', path: '/people', size: phone, owner: true },
  { name: 'trust-phone', path: '/trust', size: phone },
] as const

const executablePath = (await findOrInstallChromium()) ?? giveUp(howToGetChromium)
const state = mkdtempSync(path.join(tmpdir(), 'countersign-screenshots-'))
const port = await freePort()
const origin = `http://localhost:${port}`
await buildPages()
const served = await serve({ entry: 'sandbox', module: await bundleWorker('sandbox'), state, port, bindings: { ...(await devKeys()), ORIGIN: origin, VERSION: version() } })
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
try {
  await fetch(`${origin}/sandbox/seed`, { method: 'POST', headers: { origin } })
  mkdirSync(folder, { recursive: true })
  for (const theme of ['light', 'dark'] as const) await shoot(browser, theme)
} finally {
  await browser.close()
  await served.stop()
  rmSync(state, { recursive: true, force: true })
}

async function shoot(browser: Browser, theme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({ baseURL: origin, colorScheme: theme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  let signedIn = false
  for (const picture of pictures) {
    if ('owner' in picture && !signedIn) {
      await signIn(page)
      signedIn = true
    }
    await page.setViewportSize(picture.size)
    await page.goto(picture.path, { waitUntil: 'networkidle' })
    // Charts are drawn in the browser, after the page has arrived.
    await page.waitForFunction(() => [...document.querySelectorAll('[data-chart]')].every((figure) => figure.querySelector('svg.recharts-surface')))
    if ('open' in picture) {
      await page.locator('summary', { hasText: picture.open }).first().click()
      await page.evaluate(() => window.scrollTo(0, 0))
    }
    await page.screenshot({ path: path.join(folder, `${picture.name}-${theme}.png`), animations: 'disabled' })
    console.log(`${folder}/${picture.name}-${theme}.png`)
  }
  await context.close()
}

/** As the demo's first owner, through the page. */
async function signIn(page: Page): Promise<void> {
  const people = (await (await fetch(`${origin}/sandbox/accounts.json`)).json()) as { email: string; password: string; role: string }[] // `as`: the sandbox's own format
  const owner = people.find(({ role }) => role === 'owner') ?? giveUp('The demo has no owner.')
  await page.goto('/sign-in')
  await page.fill('[name=email]', owner.email)
  await page.fill('[name=password]', owner.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/')
}
