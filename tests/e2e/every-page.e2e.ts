import { readFileSync } from 'node:fs'
import { generateSync } from 'otplib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { at, demoPerson, mailedLink, newWindow, type Traveller, typePassword } from '../support/journey.ts'
import { walkPassports } from '../support/passport-pages.ts'
import { walkCalls } from '../support/walk-calls.ts'
import { walkPackets } from '../support/walk-packets.ts'
import { walkProducers } from '../support/walk-producers.ts'
import { walkRequests } from '../support/walk-requests.ts'
import { alive, arrive, lookAt, routePaths, type Sighting, watch, type Watched } from '../support/page-look.ts'

// Longer than most: it is one walk through every page there is, and what is asked of each of them.

const origin = inject('origin')
const seen: Sighting[] = []
const watched: Watched[] = []
const contexts: BrowserContext[] = []
const walk: { browser?: Browser; owner?: Awaited<ReturnType<BrowserContext['storageState']>> } = {}

beforeAll(async () => {
  walk.browser = await openBrowser()
  // Two walkers at a time: each waits half of its way for the other end.
  await Promise.all([signedOut().then(newcomers).then(factors), demoOwner().then(refusals).then(() => walkPassports(visitor, { look, lookHere }))])
}, 600_000)
afterAll(() => walk.browser?.close())

/** Somebody with a browser of its own. */
async function visitor(): Promise<Page> {
  const context = await newWindow(walk.browser, { reducedMotion: 'reduce' })
  contexts.push(context)
  watched.push(await watch(context, origin))
  return context.newPage()
}

async function look(page: Page, route: string, path: string): Promise<void> {
  seen.push(await lookAt(page, route, await arrive(page, path)))
}

/** What is on screen already: an answer to a form. */
async function lookHere(page: Page, route: string): Promise<void> {
  await alive(page)
  seen.push(await lookAt(page, route, null))
}

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('main').getByRole('button', { name }).first().click()

async function signedOut(): Promise<void> {
  const page = await visitor()
  for (const path of ['/', '/sign-in', '/sign-in/passkey', '/sign-up', '/forgot-password', '/trust', '/subprocessors', '/api/docs']) await look(page, path, path)
  await look(page, '/problems/:code', '/problems/conflict')
  await arrive(page, '/trust')
  await page.locator('main details').evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')))
  await lookHere(page, 'trust, opened')
  await look(page, 'sandbox', '/sandbox')
  await page.getByText('You are invited to Harbor FMO').first().click()
  await lookHere(page, 'sandbox, a mail opened')

  await arrive(page, '/sign-in')
  await page.getByRole('link', { name: 'Continue with Harbor ID' }).click()
  await page.getByRole('heading', { name: 'Harbor ID' }).waitFor()
  await lookHere(page, 'sandbox, a provider')
  await page.fill('[name=email]', 'stranger@journeys.example')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('No account here is linked to that identity').first().waitFor()
  await lookHere(page, '/sign-in/oidc/:provider/callback')
}

/** An owner and a colleague from their first mails on; the colleague leaves again. */
async function newcomers(): Promise<Traveller & { page: Page }> {
  const tag = crypto.randomUUID().slice(0, 8)
  const wren = { email: `wren-${tag}@journeys.example`, password: `walking slowly ${tag}`, tenant: `Wren & Co ${tag}` }
  const page = await visitor()
  await arrive(page, '/sign-up')
  for (const [name, value] of Object.entries({ name: 'Wren', email: wren.email, password: wren.password, tenantName: wren.tenant })) await page.fill(`[name=${name}]`, value)
  await page.getByRole('button', { name: 'Mail me the link' }).click()
  await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor()
  await lookHere(page, 'sign-up, sent')
  await look(page, '/sign-up/confirm/:token', await mailedLink(wren.email))
  await press(page, /./)
  await at(page, '/')
  for (const path of ['/', '/documents', '/delivery', '/api-keys']) await look(page, `${path}, empty`, path)

  const ivo = `ivo-${tag}@journeys.example`
  await arrive(page, '/people/invite')
  await page.fill('[name=name]', 'Ivo')
  await page.fill('[name=email]', ivo)
  await press(page, 'Send the invitation')
  await at(page, '/people')
  const guest = await visitor()
  await look(guest, '/invitation/:token', await mailedLink(ivo, '/invitation/'))
  await guest.fill('[name=password]', wren.password)
  await press(guest, 'Make my account and join')
  await at(guest, '/')
  await look(guest, '/people/leave', '/people/leave')
  await press(guest, /^Leave/)
  await guest.waitForURL((url) => !url.pathname.startsWith('/people'))
  await look(guest, '/start', '/start')

  await arrive(page, '/profile')
  await page.fill('[name=email]', `new-${wren.email}`)
  await press(page, 'Mail me the link')
  await page.getByText(/new-wren/).first().waitFor()
  const stranger = await visitor()
  await look(stranger, '/confirm-email/:token', await mailedLink(`new-${wren.email}`, '/confirm-email/'))
  await look(stranger, '/dispute-email/:token', await mailedLink(wren.email, '/dispute-email/'))
  await arrive(stranger, '/forgot-password')
  await stranger.fill('[name=email]', wren.email)
  await press(stranger, 'Mail me the link')
  await stranger.getByText('a link is on its way').waitFor()
  await look(stranger, '/reset-password/:token', await mailedLink(wren.email, '/reset-password/'))
  return { ...wren, page }
}

/** An authenticator from its QR code to the next sign-in, which asks for it. */
async function factors({ page, ...wren }: Traveller & { page: Page }): Promise<void> {
  await look(page, '/profile/security/authenticator', '/profile/security/authenticator')
  await page.getByRole('button', { name: 'Show the QR code' }).click()
  await at(page, '/step-up')
  await lookHere(page, '/step-up')
  await page.fill('[name=password]', wren.password)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('img', { name: /QR code/ }).waitFor()
  await lookHere(page, 'the QR code')
  const secret = (await page.locator('pre').first().innerText()).replaceAll(/\s/g, '')
  await page.fill('[name=code]', generateSync({ secret }))
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await page.getByText('Ten recovery codes').first().waitFor()
  await lookHere(page, 'recovery codes')
  await look(page, 'security with factors', '/profile/security')
  const again = await visitor()
  await typePassword(again, wren)
  await at(again, '/sign-in/second-factor')
  await look(again, '/sign-in/second-factor', '/sign-in/second-factor')
}

/** The owner of the demo tenant, in whose two weeks every list has rows. */
async function demoOwner(): Promise<void> {
  const page = await visitor()
  const dana = await demoPerson('owner')
  await typePassword(page, dana)
  await at(page, '/')
  const own = ['/profile', '/profile/password', '/profile/close', '/profile/security', '/profile/security/passkey', '/sessions', '/sign-out']
  const tenant = ['/', '/audit', '/audit/export', '/api-keys', '/people', '/people/invite', '/documents', '/delivery', '/policy', '/policy/versions', '/keys', '/keys/compromised', '/security', '/security/sign-out', '/security/close', '/security/closings']
  for (const path of [...tenant, ...own]) await look(page, path, path)
  await look(page, '/audit/:number', '/audit/2')
  await look(page, 'audit, filtered', '/audit?event=core.member&from=2020-01-01')
  await look(page, 'audit, nothing found', '/audit?q=nothingatall')
  await look(page, 'trash', '/documents?state=trashed')
  await look(page, 'documents, filtered', '/documents?category=licence')
  await look(page, 'dead letters', '/delivery?state=dead')
  await look(page, '/not-me/:token', await mailedLink(dana.email, '/not-me/'))
  await arrive(page, '/people')
  const marcus = (await page.getByRole('link', { name: /Marcus/ }).first().getAttribute('href')) ?? ''
  await look(page, '/people/:memberId', marcus)
  await look(page, '/people/:memberId/removal', `${marcus}/removal`)
  await look(page, '/people/:memberId/ownership', `${marcus}/ownership`)
  await walkProducers(page, { visitor, look, lookHere, press })
  await walkRequests(page, { look, lookHere, press })
  await walkCalls(page, { look, lookHere, press })
  await walkPackets(page, { visitor, look, lookHere, press })
  await page.setViewportSize({ width: 1440, height: 900 })
  await arrive(page, '/')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await lookHere(page, 'palette')
  walk.owner = await page.context().storageState()
}

/** What a page does with a script, a style, an image and an address that somebody got into its markup. */
async function smuggle(): Promise<{ ran: string; blocked: string[] }> {
  const context = await newWindow(walk.browser, walk.owner ? { storageState: walk.owner } : {})
  const { complaints } = await watch(context, origin)
  const page = await context.newPage()
  await page.route('**/people', async (route) => {
    const answer = await route.fetch()
    const markup = '<script>document.title = "smuggled"</script><style>h1 { display: none }</style><img src="https://tracker.example/p.gif" onerror="document.title = \'smuggled\'">'
    await route.fulfill({ response: answer, body: (await answer.text()).replace('</main>', `${markup}</main>`) })
  })
  const blocked = () => [...new Set(complaints.flatMap((complaint) => /Content Security Policy: ([a-z-]+) /.exec(complaint)?.[1] ?? []))].sort()
  await page.goto('/people', { waitUntil: 'load' })
  await page.evaluate(() => fetch('https://tracker.example/x').catch(() => undefined))
  await expect.poll(() => blocked().length).toBeGreaterThanOrEqual(5)
  const ran = `${await page.title()} ${await page.locator('h1').first().isVisible()}`
  await context.close()
  return { ran, blocked: blocked() }
}

async function refusals(): Promise<void> {
  const page = await visitor()
  await look(page, 'nothing here', '/nothing-here')
  await look(page, 'a spent link', '/reset-password/cs_nothing')
  await typePassword(page, await demoPerson('viewer'))
  await at(page, '/')
  await look(page, 'no right', '/audit')
}

test('every page of app/routes.ts is walked, save those that only pass a browser on', () => {
  const passOn = ['app/routes/sign-in/oidc-begin.ts', 'app/routes/sign-in/tenant-switch.ts', 'app/routes/audit/audit-file.ts', 'app/routes/contracting/passport/calendar-feed.ts', 'app/routes/contracting/producers/roster.ts']
  for (const file of passOn) expect(readFileSync(file, 'utf8')).not.toContain('export default')
  const pages = routePaths().filter(({ file }) => !passOn.includes(`app/${file}`))
  expect(pages.length).toBeGreaterThan(35)
  expect(pages.map(({ path }) => path).filter((path) => !seen.some(({ route }) => route === path))).toEqual([])
  const refused = ['nothing here', 'a spent link', 'no right']
  expect(seen.filter(({ route, status }) => status !== 200 && !refused.includes(route)).map(({ route, status }) => [route, status])).toEqual([])
})

test('no page holds a barrier that axe knows from WCAG 2.2 AA, in either theme, at a desk or on a phone', () => {
  expect(seen.flatMap(({ route, barriers }) => barriers.map((barrier) => `${route} ${barrier}`))).toEqual([])
})

test('no page is wider than its screen, and each has one heading and a title of its own', () => {
  expect(seen.flatMap(({ route, tooWide }) => tooWide.map((look) => `${route} ${look}`))).toEqual([])
  expect(seen.filter(({ headings, title }) => headings.length !== 1 || !headings[0] || !title).map(({ route, headings, title }) => [route, headings, title])).toEqual([])
})

test('[IFD-34] every page works under a policy of nonces and our own origin; what is smuggled into one does not run', async () => {
  const policies = seen.filter(({ policy }) => policy !== '')
  expect(policies.length).toBeGreaterThan(40)
  for (const { route, policy } of policies) {
    const sources = new Map(policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]))
    expect([route, sources.get('default-src')]).toEqual([route, ["'none'"]])
    // A page without scripts has no nonce either: the sandbox's own.
    expect([route, (sources.get('script-src') ?? []).filter((source) => !/^'nonce-[\w+/=-]+'$|^'strict-dynamic'$|^'none'$/.test(source))]).toEqual([route, []])
    expect([route, (sources.get('style-src') ?? []).filter((source) => !/^'nonce-[\w+/=-]+'$|^'self'$/.test(source))]).toEqual([route, []])
  }
  expect(watched.flatMap(({ complaints }) => complaints)).toEqual([])
  const { ran, blocked } = await smuggle()
  expect(ran).toMatch(/^People .*true$/)
  expect(blocked).toEqual(['connect-src', 'img-src', 'script-src-attr', 'script-src-elem', 'style-src-elem'])
})

test('[CAL-44] after every page the browser keeps our essential cookies and no others, and nobody else was asked for anything', async () => {
  const essential = ['__Host-csrf', '__Host-device', '__Host-pre', '__Host-session']
  const kept = (await Promise.all(contexts.map((context) => context.cookies()))).flat()
  expect(kept.some(({ name }) => name === '__Host-session')).toBe(true)
  expect(kept.filter(({ name, httpOnly, secure, domain }) => !essential.includes(name) || !httpOnly || !secure || domain !== 'localhost')).toEqual([])
  expect(watched.flatMap(({ foreign }) => foreign)).toEqual([])
})

test('[IFD-26] the notice about health information stands in every form that takes a file', () => {
  const forms = seen.flatMap(({ route, fileForms }) => fileForms.map((form) => ({ route, ...form })))
  expect(forms.map(({ action }) => action)).toContain('/documents/upload')
  expect(forms.filter(({ warned }) => !warned)).toEqual([])
})
