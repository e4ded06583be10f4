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

type Picture = {
  readonly name: string
  readonly path: string
  readonly size: { readonly width: number; readonly height: number }
  /** Whose page it is, by the demo's address; signed out without one. */
  readonly who?: string
  /** The first such link of that page leads to what is shown. */
  readonly follow?: string
  /** What is opened on it. */
  readonly open?: string
}

const owner = 'dana@harbor.example'
const producer = 'maria@alvarez.example'

const pictures: readonly Picture[] = [
  { name: 'trust', path: '/trust', size: { ...desk, height: 1180 }, open: 'Field encryption' },
  { name: 'trust-phone', path: '/trust', size: phone },
  { name: 'home', path: '/', size: desk, who: owner },
  { name: 'audit', path: '/audit', size: desk, who: owner },
  { name: 'documents', path: '/documents', size: desk, who: owner },
  { name: 'keys', path: '/keys', size: desk, who: owner },
  { name: 'home-phone', path: '/', size: phone, who: owner },
  { name: 'people-phone', path: '/people', size: phone, who: owner },
  { name: 'requests', path: '/requests', size: desk, who: owner },
  { name: 'request', path: '/requests', follow: 'main a[href^="/requests/req_"]', size: desk, who: owner },
  { name: 'packet', path: '/packets', follow: 'main a[href^="/packets/pkt_"]', size: { ...desk, height: 1180 }, who: owner },
  { name: 'passport', path: '/passport', size: desk, who: producer },
  { name: 'sign', path: '/signing', follow: 'main a[href^="/signing/"]', size: { ...desk, height: 1180 }, who: producer },
  { name: 'my-requests-phone', path: '/my-requests', size: phone, who: producer },
]

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
  let signedInAs: string | undefined
  for (const picture of pictures) {
    if (picture.who !== undefined && picture.who !== signedInAs) await signIn(page, (signedInAs = picture.who))
    await page.setViewportSize(picture.size)
    await page.goto(picture.path, { waitUntil: 'networkidle' })
    if (picture.follow !== undefined) await page.goto((await page.locator(picture.follow).first().getAttribute('href')) ?? giveUp(`${picture.path} leads nowhere.`), { waitUntil: 'networkidle' })
    // Charts are drawn in the browser, after the page has arrived.
    await page.waitForFunction(() => [...document.querySelectorAll('[data-chart]')].every((figure) => figure.querySelector('svg.recharts-surface')))
    if (picture.open !== undefined) {
      await page.locator('summary', { hasText: picture.open }).first().click()
      await page.evaluate(() => window.scrollTo(0, 0))
    }
    await page.screenshot({ path: path.join(folder, `${picture.name}-${theme}.png`), animations: 'disabled' })
    console.log(`${folder}/${picture.name}-${theme}.png`)
  }
  await context.close()
}

/** As somebody of the demo, through the page. */
async function signIn(page: Page, who: string): Promise<void> {
  const people = (await (await fetch(`${origin}/sandbox/accounts.json`)).json()) as { email: string; password: string }[] // `as`: the sandbox's own format
  const person = people.find(({ email }) => email === who) ?? giveUp(`The demo knows nobody called ${who}.`)
  await page.context().clearCookies()
  await page.goto('/sign-in')
  await page.fill('[name=email]', person.email)
  await page.fill('[name=password]', person.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/')
}
