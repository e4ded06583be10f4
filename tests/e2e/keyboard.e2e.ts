import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { at, demoPerson, travel } from '../support/journey.ts'
import { alive } from '../support/page-look.ts'

/** What has the focus, in words. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    return element === document.body ? 'nothing' : (element?.id === 'main' ? 'the page' : (element?.textContent ?? '').trim()) || element?.getAttribute('aria-label') || element?.tagName || ''
  })

/** Tabs until the focus is there, as somebody without a mouse would. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
  }
  throw new Error(`${selector} is not reached with the Tab key`)
}

test('with the keyboard alone: past the navigation, to any page by a few letters, along the rows and into one', async () => {
  await travel({ scripts: true }, async (page, complaints) => {
    const dana = await demoPerson('owner')
    await page.goto('/sign-in')
    await alive(page)
    // The address field has the focus when the page opens.
    await page.keyboard.type(dana.email)
    await tabTo(page, '[name=password]')
    await page.keyboard.type(dana.password)
    await page.keyboard.press('Enter')
    await at(page, '/')
    await alive(page)

    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to the page')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('the page')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.querySelector('main')?.contains(document.activeElement))).toBe(true)

    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('audit')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor()

    const rows = page.locator('.cs-row-link')
    await rows.first().focus()
    const names = await rows.allInnerTexts()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('j')
    expect(await rows.nth(2).evaluate((link) => link === document.activeElement)).toBe(true)
    await page.keyboard.press('k')
    await page.keyboard.press('End')
    expect(await rows.nth(names.length - 1).evaluate((link) => link === document.activeElement)).toBe(true)
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/audit\/\d+/)
    await page.getByText('Hash of this entry').waitFor()

    const menu = page.locator('summary', { hasText: 'Your account' })
    await menu.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Sessions' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Sessions' }).waitFor({ state: 'hidden' })
    expect(await menu.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await tabTo(page, 'a[href="/sessions"]')
    await page.keyboard.press('Enter')
    await at(page, '/sessions')
    expect(complaints).toEqual([])
  })
})
