import { buffer } from 'node:stream/consumers'
import type { Browser, BrowserContext, BrowserContextOptions, Download, Page } from 'playwright-core'
import { inject } from 'vitest'
import { openBrowser } from './browser.ts'

/** Somebody with a tenant of its own, made through the pages, so that no journey disturbs another. */
export type Traveller = { readonly email: string; readonly password: string; readonly tenant: string }

/** Runs a journey in windows of its own and closes them whatever happens. `complaints` fills with what the console says. `origin`: of a server of its own. */
export async function travel(options: { scripts: boolean; origin?: string }, journey: (page: Page, complaints: string[]) => Promise<void>): Promise<void> {
  const browser: Browser = await openBrowser()
  try {
    const page = await (await newWindow(browser, { javaScriptEnabled: options.scripts, ...(options.origin && { baseURL: options.origin }) })).newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => message.type() === 'error' && /Content Security Policy|Hydration|did not match/i.test(message.text()) && complaints.push(message.text()))
    await journey(page, complaints)
  } finally {
    await browser.close()
  }
}

/** A window with nothing in its memory, at a network of its own: what one journey does is not counted against the next (ten sign-ups an hour from one address). */
export function newWindow(browser: Browser | null | undefined, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  if (!browser) throw new Error('the browser is not open')
  const [a, b] = crypto.getRandomValues(new Uint16Array(2))
  return browser.newContext({ baseURL: inject('origin'), extraHTTPHeaders: { 'CF-Connecting-IP': `2001:db8:${a?.toString(16)}:${b?.toString(16)}::1` }, ...options })
}

/** Signs somebody up and leaves the page signed in, at home. */
export async function signUp(page: Page, name: string, preset = 'combined'): Promise<Traveller> {
  const traveller = someone(name)
  await page.goto('/sign-up')
  await page.fill('[name=name]', name)
  await page.fill('[name=email]', traveller.email)
  await page.fill('[name=password]', traveller.password)
  await page.fill('[name=tenantName]', traveller.tenant)
  await page.selectOption('[name=preset]', preset)
  await page.getByRole('button', { name: 'Mail me the link' }).click()
  await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor()
  await page.goto(await mailedLink(traveller.email))
  await page.getByRole('main').getByRole('button').first().click()
  await at(page, '/')
  return traveller
}

/**
 * Signs somebody up by what the forms of `signUp` send, for a journey that is about what comes after: a third of the time. The
 * window is signed in and has opened no page yet.
 */
export async function signedUp(page: Page, name: string, preset = 'combined'): Promise<Traveller> {
  const traveller = someone(name)
  const { email, password, tenant } = traveller
  await sendForm(page, '/sign-up', { name, email, password, tenantName: tenant, kind: 'agency', preset })
  await sendForm(page, await mailedLink(email), {})
  return traveller
}

function someone(name: string): Traveller {
  const tag = crypto.randomUUID().slice(0, 8)
  return { email: `${name.toLowerCase()}-${tag}@journeys.example`, password: `walking slowly ${tag}`, tenant: `${name} & Co ${tag}` }
}

/** Sends a page's form as this window, with the token that the page brings. */
async function sendForm(page: Page, path: string, fields: Record<string, string>): Promise<void> {
  await page.request.get(path)
  const csrf = (await page.context().cookies()).find(({ name }) => name === '__Host-csrf')?.value ?? ''
  const answer = await page.request.post(path, { form: { csrf, ...fields }, headers: { Origin: inject('origin'), Accept: 'text/html' }, maxRedirects: 0 })
  if (answer.status() >= 400) throw new Error(`${path} answered ${answer.status()}: ${(await answer.text()).slice(0, 500)}`)
}

/** The link in the newest mail to an address, as a path of our own that begins so. Mail leaves by itself within a moment. */
export async function mailedLink(to: string, beginning = '/'): Promise<string> {
  const origin = inject('origin')
  for (let tries = 0; tries < 120; tries += 1) {
    const mails = (await (await fetch(`${origin}/sandbox/outbox.json`)).json()) as { to: string[]; text: string }[] // `as`: the sandbox's own format
    const links = mails.filter((mail) => mail.to.includes(to)).flatMap((mail) => mail.text.match(new RegExp(`(?<=${origin})/\\S+`)) ?? [])
    const link = links.find((path) => path.startsWith(beginning))
    if (link) return link
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`no mail to ${to} arrived`)
}

/** Somebody of the demo tenant, for journeys that only look. */
export async function demoPerson(role: 'owner' | 'admin' | 'member' | 'viewer'): Promise<Traveller> {
  const people = (await (await fetch(`${inject('origin')}/sandbox/accounts.json`)).json()) as (Traveller & { role: string })[] // `as`: the sandbox's own format
  const seats = ({ email }: Traveller) => people.filter((each) => each.email === email).length
  // Somebody with one seat where there is one: who has two may have the other role open.
  const [person] = people.filter((each) => each.role === role).sort((a, b) => seats(a) - seats(b))
  if (!person) throw new Error(`the demo has no ${role}`)
  return person
}

/** Whoever owns a house of the demo. */
export async function demoOwnerOf(tenant: string): Promise<Traveller> {
  const people = (await (await fetch(`${inject('origin')}/sandbox/accounts.json`)).json()) as (Traveller & { role: string })[] // `as`: the sandbox's own format
  const owner = people.find((each) => each.tenant === tenant && each.role === 'owner')
  if (!owner) throw new Error(`the demo has no ${tenant}`)
  return owner
}

/** The password form, filled and sent. */
export async function typePassword(page: Page, { email, password }: Traveller, then = '/'): Promise<void> {
  await page.goto(`/sign-in?then=${encodeURIComponent(then)}`)
  await page.fill('[name=email]', email)
  await page.fill('[name=password]', password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Waits until the page is at this path. */
export const at = (page: Page, path: string): Promise<void> => page.waitForURL((url) => url.pathname === path)

/** Signed out the hard way: the browser forgets everything. */
export const forget = (page: Page): Promise<void> => page.context().clearCookies()

/** What a download holds. The browser keeps the file in a place of its own. */
export const bytesOf = async (download: Download): Promise<Buffer> => buffer(await download.createReadStream())
