import type { Page } from 'playwright-core'
import { at, type Traveller } from './journey.ts'

/** An authenticator built into the machine, with a finger always on it (WebAuthn Level 3 §11.2). */
export async function plugIn(page: Page): Promise<{ refuse: () => Promise<void> }> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  return { refuse: async () => void (await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })) }
}

/** Makes a passkey under the person's own security page; it has to type its password once more. */
export async function addPasskey(page: Page, person: Traveller, name: string): Promise<void> {
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
