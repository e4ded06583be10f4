import { expect, test } from 'vitest'
import { addPasskey, plugIn } from '../support/device.ts'
import { at, forget, signedUp, travel, typePassword } from '../support/journey.ts'

test('a passkey is made under Security, signs in alone, finishes a password sign-in and confirms its own removal', async () => {
  await travel({ scripts: true }, async (page, complaints) => {
    await plugIn(page)
    const ada = await signedUp(page, 'Ada')
    await addPasskey(page, ada, 'Ada’s laptop')
    await page.goto('/profile/security')
    await page.getByText('Ada’s laptop').first().waitFor()

    await forget(page)
    await page.goto('/sign-in?then=/profile/security')
    await page.getByRole('link', { name: 'Use a passkey' }).click()
    await at(page, '/profile/security')

    await forget(page)
    await typePassword(page, ada, '/profile/security')
    await at(page, '/sign-in/second-factor')
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await at(page, '/profile/security')

    await page.getByRole('link', { name: /^Remove/ }).click()
    await page.getByRole('button', { name: 'Remove it' }).click()
    await at(page, '/step-up')
    expect(await page.locator('[name=password]').count()).toBe(0)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByText('The passkey was removed').waitFor()
    await page.getByText('No passkey yet').waitFor()
    expect(complaints).toEqual([])
  })
})

test('a device that does not recognise its person signs nobody in, and the page says what to do', async () => {
  await travel({ scripts: true }, async (page) => {
    const device = await plugIn(page)
    const ada = await signedUp(page, 'Ada')
    await addPasskey(page, ada, 'Laptop')
    await forget(page)
    await device.refuse()
    await page.goto('/sign-in/passkey')
    await page.getByText('No passkey was used').waitFor()
    await page.goto('/profile')
    await at(page, '/sign-in')
    expect(new URL(page.url()).pathname).toBe('/sign-in')
  })
})
