import { expect, inject, test } from 'vitest'

import { openBrowser } from '../support/browser.ts'

test('the front page arrives, comes alive and breaks none of its own security policy', async () => {
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    const answer = await page.goto(inject('origin'), { waitUntil: 'networkidle' })

    expect(answer?.status()).toBe(200)
    expect(await page.locator('h1').first().innerText()).not.toBe('')
    // React marks the nodes it has taken over.
    expect(await page.evaluate(() => Object.keys(document.documentElement).some((key) => key.startsWith('__reactFiber')))).toBe(true)
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }
})

test('an inline script that somebody smuggles into a page does not run', async () => {
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await page.route('**/', async (route) => {
      const answer = await route.fetch()
      const body = (await answer.text()).replace('</body>', '<script>document.title = "smuggled"</script></body>')
      await route.fulfill({ response: answer, body })
    })
    await page.goto(inject('origin'), { waitUntil: 'networkidle' })
    expect(await page.content()).toContain('smuggled')
    expect(await page.title()).not.toBe('smuggled')
  } finally {
    await browser.close()
  }
})
