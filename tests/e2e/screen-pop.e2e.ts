import type { BrowserContext, Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { lookAt } from '../support/page-look.ts'
import { at, newWindow, travel, typePassword, type Traveller } from '../support/journey.ts'

/** Somebody of the demo, by address. */
async function demoPersonAt(email: string): Promise<Traveller> {
  const people = (await (await fetch(`${inject('origin')}/sandbox/accounts.json`)).json()) as Traveller[] // `as`: the sandbox's own format
  const person = people.find((each) => each.email === email)
  if (!person) throw new Error(`the demo has no ${email}`)
  return person
}

async function arrive(window: BrowserContext, email: string): Promise<Page> {
  const page = await window.newPage()
  await typePassword(page, await demoPersonAt(email))
  await at(page, '/')
  return page
}

/** The line to the server stands: the page was told what rings, were it nothing. */
const listens = (page: Page): Promise<unknown> =>
  page.waitForEvent('websocket', (socket) => new URL(socket.url()).pathname === '/sockets/screen-pops').then((socket) => socket.waitForEvent('framereceived'))

async function openAndListen(page: Page, path: string): Promise<void> {
  const heard = listens(page)
  await page.goto(path)
  await heard
}

const ring = async (phone?: string): Promise<void> => {
  const { origin } = new URL(inject('origin'))
  const answer = await fetch(`${origin}/sandbox/calls`, { method: 'POST', headers: { Origin: origin, 'Content-Type': 'application/json' }, body: JSON.stringify(phone ? { phone } : {}) })
  expect(answer.status).toBe(200)
}

const pops = (page: Page) => page.getByRole('region', { name: 'Calls that ring' }).getByRole('article')

test('a ring is on every open page of its handler within two seconds and on none of a colleague’s; one tap says what came of it, another whom it was with', async () => {
  await travel({ scripts: true }, async (priya, complaints) => {
    await typePassword(priya, await demoPersonAt('priya@harbor.example'))
    await at(priya, '/')
    const [second, elsewhere] = [await priya.context().newPage(), await newWindow(priya.context().browser())]
    const marcus = await arrive(elsewhere, 'marcus@harbor.example')
    for (const [page, path] of [[priya, '/calls'], [second, '/documents'], [marcus, '/calls']] as const) await openAndListen(page, path)

    // The best of three: what else the machine does at that moment is not the product's slowness.
    const took: number[] = []
    const pop = pops(priya).first()
    for (let rings = 1; rings <= 3 && !(Math.min(...took) < 2000); rings += 1) {
      for (; (await pops(priya).count()) > 0; await expect.poll(() => pops(second).count()).toBe(0)) await pop.getByRole('button', { name: 'Follow up' }).click()
      const rangAt = performance.now()
      await ring()
      for (const page of [priya, second]) await pops(page).getByRole('heading', { name: 'Grace Whitfield' }).waitFor()
      took.push(performance.now() - rangAt)
    }
    expect(Math.min(...took)).toBeLessThan(2000)
    for (const shown of ['+14155550132', 'Personal auto', 'SM-204417', 'Asked for the declarations page']) await pop.getByText(shown).first().waitFor()
    expect(await pops(marcus).count()).toBe(0)

    await pop.getByRole('button', { name: 'Follow up' }).click()
    for (const page of [priya, second]) await expect.poll(() => pops(page).count()).toBe(0)

    await ring('+15035550177')
    const several = pops(priya).first()
    await several.getByRole('heading', { name: '2 contacts have this number' }).waitFor()
    await several.getByRole('button', { name: /^Lena Castellano/ }).click()
    for (const page of [priya, second]) await pops(page).getByRole('heading', { name: 'Lena Castellano' }).waitFor()
    await several.getByText('as you chose').waitFor()
    await several.getByText('Roof claim closed.').waitFor()

    const { barriers, tooWide } = await lookAt(priya, 'screen pop', null)
    expect([barriers, tooWide]).toEqual([[], []])
    await priya.setViewportSize({ width: 1280, height: 720 })

    // What is in the frame stands on a page of its own too, where nothing covers it.
    await priya.goto('/calls/now')
    await priya.getByRole('main').getByRole('heading', { name: 'Lena Castellano' }).waitFor()
    expect(await pops(marcus).count()).toBe(0)
    expect(complaints).toEqual([])
    await elsewhere.close()
  })
})

test('without scripts the page of what rings now shows who calls, and its buttons work', async () => {
  await travel({ scripts: false }, async (priya) => {
    await typePassword(priya, await demoPersonAt('priya@harbor.example'))
    await at(priya, '/')
    await ring('+13605550101')
    await expect.poll(async () => {
      await priya.goto('/calls/now')
      return priya.getByRole('heading', { name: 'Nobody in the AMS has this number' }).count()
    }, { timeout: 8000 }).toBe(1)
    const card = priya.getByRole('article', { name: 'Nobody in the AMS has this number' })
    await card.getByRole('button', { name: 'Wrong number' }).click()
    await at(priya, '/calls/now')
    expect(await priya.getByRole('article', { name: 'Nobody in the AMS has this number' }).count()).toBe(0)
  })
})
