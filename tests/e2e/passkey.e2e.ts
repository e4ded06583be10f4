import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { at, forget, signUp, travel, type Traveller, typePassword } from '../support/journey.ts'

/** An authenticator built into the machine, with a finger always on it (WebAuthn Level 3 §11.2). */
async function plugIn(page: Page, options: { verifies?: boolean } = {}): Promise<{ refuse: () => Promise<void> }> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: options.verifies ?? true, automaticPresenceSimulation: true },
  })
  return { refuse: async () => void (await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })) }
}

async function addPasskey(page: Page, person: Traveller, name: string): Promise<void> {
  await page.goto('/profile/security')
  await page.getByRole('link', { name: 'Add a passkey' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await at(page, '/step-up')
  await page.fill('[name=password]', person.password)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.fill('[name=name]', name)
  await page.getByRole('button', { name: 'Create passkey' }).click()
  await page.getByText('Ten recovery codes').first().waitFor()
}

test('a passkey is made under Security, signs in alone, finishes a password sign-in and confirms its own removal', async () => {
  await travel({ scripts: true }, async (page, complaints) => {
    await plugIn(page)
    const ada = await signUp(page, 'Ada')
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
    const ada = await signUp(page, 'Ada')
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
