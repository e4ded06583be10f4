import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { at, demoPerson, forget, travel, typePassword } from '../support/journey.ts'
import { alive } from '../support/page-look.ts'

const column = async (page: Page, label: string): Promise<string[]> => [...new Set(await page.locator(`td[data-label="${label}"]`).allInnerTexts())]
const actions = async (page: Page): Promise<string[]> => [...new Set(await page.locator('.cs-row-link').allInnerTexts())]

test('[CLN-43] /audit is filtered by who, by what and by when, and each filter changes the rows; a member has no such page', async () => {
  await travel({ scripts: true }, async (page, complaints) => {
    for (const role of ['owner', 'admin'] as const) {
      await forget(page)
      await typePassword(page, await demoPerson(role), '/audit')
      await at(page, '/audit')
      await alive(page)
      expect((await column(page, 'Who')).length).toBeGreaterThan(2)

      await page.getByLabel('Who', { exact: true }).selectOption({ label: 'Priya Nair' })
      await page.waitForURL(/actor=/)
      await expect.poll(() => column(page, 'Who')).toEqual(['Priya Nair'])
      await page.getByLabel('Event or its beginning').fill('core.document.begun')
      await page.keyboard.press('Enter')
      await expect.poll(() => actions(page)).toEqual(['core.document.begun'])
      await page.getByRole('link', { name: 'Clear all' }).click()
      await page.waitForURL(/\/audit$/)

      await expect.poll(async () => (await actions(page)).length).toBeGreaterThan(3)
      const days = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
      await page.getByLabel('From this day (UTC)').fill(days(12))
      await page.getByLabel('To this day (UTC)').fill(days(11))
      await page.keyboard.press('Enter')
      await page.waitForURL(/from=/)
      const when = () => page.locator('td[data-label="When"] time').evaluateAll((times) => times.map((time) => time.getAttribute('datetime')?.slice(0, 10) ?? ''))
      await expect.poll(async () => (await when()).every((day) => day >= days(12) && day <= days(11))).toBe(true)
      expect((await when()).length).toBeGreaterThan(0)
    }
    await forget(page)
    await typePassword(page, await demoPerson('member'))
    await at(page, '/')
    expect((await page.goto('/audit'))?.status()).toBe(403)
    expect(complaints).toEqual([])
  })
})
