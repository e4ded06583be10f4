import { readFileSync } from 'node:fs'
import process from 'node:process'
import type { BrowserContext, Page, Response } from 'playwright-core'
import routes from '../../app/routes.ts'

/** What one page showed of itself, at a desk and on a phone, in a light theme and in a dark one. */
export type Sighting = {
  /** The pattern of app/routes.ts, or a word for a page that stands beside it. */
  readonly route: string
  readonly path: string
  readonly status: number
  readonly policy: string
  readonly title: string
  readonly headings: readonly string[]
  /** What axe finds against WCAG 2.2 AA, with the look it was found in. */
  readonly barriers: readonly string[]
  /** Looks in which the page is wider than the screen. */
  readonly tooWide: readonly string[]
  /** For each form that takes a file: its action, and whether the PHI notice stands in it. */
  readonly fileForms: readonly { readonly action: string; readonly warned: boolean }[]
}

const looks = [
  { theme: 'light', width: 1440 },
  { theme: 'dark', width: 390 },
  { theme: 'light', width: 390 },
  { theme: 'dark', width: 1440 },
] as const
const [first, second, third, fourth] = looks

/**
 * How a page is looked at: in both themes and at both widths, paired the one way and the other by turns. What a page has in
 * common with its neighbours, the frame and the controls, is so seen in all four. A full run looks at each page in all.
 */
const looksAt = (nth: number) => (process.env.HARNESS_FULL === '1' ? looks : nth % 2 === 0 ? [first, second] : [third, fourth])
const looked = { pages: 0 }

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Collects what pages of a context complain about and whom else they ask. */
export type Watched = { readonly complaints: string[]; readonly foreign: string[] }

/** Listens to everything that happens in a context. A page that is meant to be refused may say its own status. */
export async function watch(context: BrowserContext, origin: string): Promise<Watched> {
  const watched: Watched = { complaints: [], foreign: [] }
  await context.addInitScript(axeAtHand)
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`Content Security Policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))
  })
  context.on('request', (request) => new URL(request.url()).origin !== origin && watched.foreign.push(request.url()))
  context.on('weberror', (fault) => watched.complaints.push(`${where(fault.page())}${fault.error().message}`))
  context.on('console', (message) => {
    const ownStatus = message.text().startsWith('Failed to load resource') && placeOf(message.location().url) === placeOf(message.page()?.url())
    if (message.type() === 'error' && !ownStatus) watched.complaints.push(`${where(message.page())}${message.text()}`)
  })
  return watched
}

/** The page that an address is of: a form that is sent by a script asks for the page's data. */
const placeOf = (url = ''): string => url.replace(/(\.data)?([?#].*)?$/, '')

const where = (page: Page | null): string => (page ? `${new URL(page.url()).pathname}: ` : '')

/** What a walker keeps of a person's hundred requests a minute: for the forms of a page, and for whoever else walks as the same person. */
const RESERVE = 40

/** Opens an address and waits until scripts have taken over, where there are any; who is told that its minute is used up waits for the next. */
export async function arrive(page: Page, path: string): Promise<Response | null> {
  const answer = await page.goto(path, { waitUntil: 'load' })
  const [, left, seconds] = /r=(\d+);t=(\d+)/.exec(answer?.headers()['ratelimit'] ?? '') ?? []
  if (left !== undefined && Number(left) < RESERVE) await page.waitForTimeout(Number(seconds) * 1000)
  if (answer?.status() === 429) return arrive(page, path)
  await alive(page)
  return answer
}

/** Waits until React has taken the page over: it marks its nodes. */
export async function alive(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('script[type=module]') === null || Object.keys(document.documentElement).some((key) => key.startsWith('__reactFiber')))
}

/** Looks at the page that is open now. `answer` is what brought it. */
export async function lookAt(page: Page, route: string, answer: Response | null): Promise<Sighting> {
  const barriers: string[] = []
  const tooWide: string[] = []
  looked.pages += 1
  await bringAxe(page)
  for (const { theme, width } of looksAt(looked.pages)) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    // Colours are those of the theme once it has been painted.
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
    barriers.push(...(await barriersOf(page)).map((barrier) => `${theme} ${width}: ${barrier}`))
    const excess = await excessOf(page)
    if (excess > 0) tooWide.push(`${theme} ${width}: ${excess} px`)
  }
  const shown = await page.evaluate(() => ({
    title: document.title,
    headings: [...document.querySelectorAll('h1')].map((heading) => heading.textContent ?? ''),
    fileForms: [...document.forms].filter((form) => form.querySelector('input[type=file]')).map((form) => ({ action: form.getAttribute('action') ?? '', warned: form.querySelector('[data-phi-notice]') !== null })),
  }))
  return { route, path: new URL(page.url()).pathname, status: answer?.status() ?? 200, policy: answer?.headers()['content-security-policy'] ?? '', barriers, tooWide, ...shown }
}

/** By how many pixels the page is wider than its window once it has settled: what is drawn by a script follows a new width a moment later. */
async function excessOf(page: Page): Promise<number> {
  await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, null, { timeout: 5_000 }).catch(() => undefined)
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}

/** Brings axe into the page: from where `watch` has laid it, where somebody watches. */
async function bringAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'bringAxe' in window))) await page.evaluate(axeAtHand)
  await page.evaluate('bringAxe()')
}

/**
 * Lays axe ready in a page, by the debugger, which no policy of the page's holds back. Laid in every page of a window it travels
 * once a window instead of once a page; it is not run before it is asked for.
 */
const axeAtHand = `window.bringAxe = () => { ${readFileSync('node_modules/axe-core/axe.min.js', 'utf8')} };void 0`

/** What axe finds on the page as it looks now. */
const barriersOf = (page: Page): Promise<string[]> =>
  page.evaluate(async (values) => {
    const { axe } = window as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } } // `as`: axeAtHand left it there
    const { violations } = await axe.run(document, { resultTypes: ['violations'], preload: false, runOnly: { type: 'tag', values } })
    return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)
  }, tags)

type Entry = { path?: string; index?: boolean; file: string; children?: readonly Entry[] }

/** Every path of app/routes.ts, with the file that answers it. */
export function routePaths(): { path: string; file: string }[] {
  const walk = (entries: readonly Entry[], above: string): { path: string; file: string }[] =>
    entries.flatMap((entry) => {
      const path = entry.path ? `${above === '/' ? '' : above}/${entry.path}` : above
      return [...(entry.path || entry.index ? [{ path, file: entry.file }] : []), ...walk(entry.children ?? [], path)]
    })
  return walk(routes as readonly Entry[], '/') // `as`: the framework's type also allows a promise; ours is the list
}
