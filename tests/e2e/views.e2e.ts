import { expect, test } from 'vitest'
import { at, demoPerson, travel, typePassword } from '../support/journey.ts'
import { alive } from '../support/page-look.ts'

test('a filtered log is kept as a view by name, is there after a reload, and its chart stands beside a table whose numbers lead to the day', async () => {
  await travel({ scripts: true }, async (page, complaints) => {
    await typePassword(page, await demoPerson('owner'))
    await at(page, '/')
    await page.goto('/audit?event=core.member')
    await alive(page)
    expect(await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'People' }).getAttribute('aria-current')).toBe('page')
    await page.goto('/audit?event=core.member.invited')
    await page.getByRole('button', { name: 'Save this view' }).click()
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('Who was invited')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Who was invited' }).waitFor()
    await page.goto('/audit')
    await page.getByRole('link', { name: 'Who was invited' }).click()
    await page.waitForURL((url) => url.search === '?event=core.member.invited')

    // Drawn in the browser under the policy, which would complain of an inline style in the page.
    await page.locator('figure svg .recharts-bar-rectangle').first().waitFor()
    await page.getByText('Show as a table').click()
    const row = page.getByRole('region', { name: 'Entries a day, as a table' }).getByRole('link').first()
    const count = Number(await row.innerText())
    await row.click()
    await page.waitForURL(/from=.*to=/)
    // The address changes a moment before the rows do.
    await expect.poll(() => page.locator('tbody tr[data-linked]').count(), { timeout: 15_000 }).toBe(count)
    expect(complaints).toEqual([])
  })
})
