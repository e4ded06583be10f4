import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { signedUp, travel } from '../support/journey.ts'

/** What a page elsewhere sees of ours in a frame: nothing where the browser refused it. */
async function framedBy(page: Page, host: string, path: string): Promise<{ shown: boolean; header: string | null }> {
  const origin = inject('origin')
  await page.context().route(`${host}/framer`, (route) => route.fulfill({ contentType: 'text/html', body: `<title>framer</title><iframe src="${origin}${path}"></iframe>` }))
  const header = (await page.goto(path))?.headers()['x-frame-options'] ?? null
  await page.goto(`${host}/framer`, { waitUntil: 'load' })
  const frame = page.frames().find((each) => each !== page.mainFrame())
  const shown = (await frame?.locator('h1').count()) === 1 && frame?.url() === `${origin}${path}`
  return { shown, header }
}

/** Another port of our own host: a foreign origin that our cookies go to all the same. */
const elsewhere = 'http://localhost:45991'

for (const [claim, preset, own, says] of [
  ['[CAL-68]', 'combined', false, 'DENY'],
  ['[SPO-51]', 'spartan', true, 'SAMEORIGIN'],
] as const) {
  test(`${claim} under the ${preset} preset a page in another origin’s frame stays empty, and in our own origin’s ${own ? 'it shows' : 'too'}`, async () => {
    await travel({ scripts: true }, async (page) => {
      await signedUp(page, 'Ada', preset)
      for (const path of ['/people', '/documents']) {
        expect([path, await framedBy(page, elsewhere, path)]).toEqual([path, { shown: false, header: says }])
        expect([path, await framedBy(page, inject('origin'), path)]).toEqual([path, { shown: own, header: says }])
      }
      await page.goto('/people')
      expect(await page.locator('h1').count()).toBe(1)
    })
  })
}
