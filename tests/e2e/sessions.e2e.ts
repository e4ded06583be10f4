import { expect, test } from 'vitest'
import { at, newWindow, signedUp, travel, typePassword } from '../support/journey.ts'

test('[SPO-98] a person sees its sessions with this one marked, ends the others, and stays signed in', async () => {
  await travel({ scripts: true }, async (page, complaints) => {
    const ada = await signedUp(page, 'Ada')
    const elsewhere = await newWindow(page.context().browser())
    const other = await elsewhere.newPage()
    await typePassword(other, ada)
    await at(other, '/')
    const status = (of: typeof page) => of.evaluate(async () => (await fetch('/api/v1/members')).status)
    expect(await status(other)).toBe(200)

    await page.goto('/sessions')
    await expect.poll(() => page.locator('tbody tr').count()).toBe(2)
    expect(await page.locator('tbody tr', { hasText: 'this one' }).count()).toBe(1)
    await page.getByRole('button', { name: 'End the other one' }).click()
    await page.getByText('One session ended').waitFor()
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1)
    expect(await page.locator('tbody tr', { hasText: 'this one' }).count()).toBe(1)

    expect(await status(other)).toBe(401)
    await other.goto('/profile')
    await at(other, '/sign-in')
    expect(await status(page)).toBe(200)
    expect(complaints).toEqual([])
    await elsewhere.close()
  })
})
