import { generateSync } from 'otplib'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { at, demoPerson, forget, signedUp, travel, type Traveller, typePassword } from '../support/journey.ts'

const codeNow = (secret: string, ahead = 0): string => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + ahead * 30 })

/** Sets up an authenticator through the pages. Answers with its secret and the codes. */
async function setUp(page: Page, person: Traveller, scripts: boolean): Promise<{ secret: string; codes: string[] }> {
  await page.goto('/profile/security')
  await page.getByRole('link', { name: 'Set up' }).click()
  await page.getByRole('button', { name: 'Show the QR code' }).click()
  await at(page, '/step-up')
  await page.fill('[name=password]', person.password)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await at(page, '/profile/security/authenticator')
  if (!scripts) await page.getByRole('button', { name: 'Show the QR code' }).click()
  await page.getByRole('img', { name: /QR code/ }).waitFor()
  const secret = (await page.locator('pre').first().innerText()).replaceAll(/\s/g, '')
  await page.fill('[name=code]', String((Number(codeNow(secret)) + 1) % 1_000_000).padStart(6, '0'))
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await page.getByText('That code does not match').first().waitFor()
  await page.fill('[name=code]', codeNow(secret))
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await page.getByText('Ten recovery codes').first().waitFor()
  const codes = (await page.locator('pre').first().innerText()).trim().split(/\s+/)
  await page.getByRole('link', { name: 'I have kept them' }).click()
  await page.getByText('10 of 10 left').waitFor() // the address changes a moment before the page does
  return { secret, codes }
}

for (const scripts of [true, false]) {
  test(`[CIQ-47][CLN-53][SPO-97][CAL-38][CAL-102] ${scripts ? 'with' : 'without'} scripts: a person turns an authenticator on under its own security page, and the next sign-in asks for a code`, async () => {
    await travel({ scripts }, async (page, complaints) => {
      const ada = await signedUp(page, 'Ada')
      const { secret, codes } = await setUp(page, ada, scripts)
      expect(codes).toHaveLength(10)
      for (const code of codes) expect(await page.content()).not.toContain(code)

      await forget(page)
      await typePassword(page, ada, '/profile/security')
      await at(page, '/sign-in/second-factor')
      await page.goto('/profile')
      await at(page, '/sign-in/second-factor')
      await page.fill('form:has([value=totp]) [name=code]', codeNow(secret, 1))
      await page.getByRole('button', { name: 'Continue' }).first().click()
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.goto('/profile/security')
      await page.getByText('10 of 10 left').waitFor()

      await forget(page)
      await typePassword(page, ada, '/profile/security')
      await at(page, '/sign-in/second-factor')
      await page.getByText('Use a recovery code instead').click()
      await page.fill('form:has([value=recovery_code]) [name=code]', codes[0] ?? '')
      await page.locator('form:has([value=recovery_code]) button').click()
      await at(page, '/profile/security')
      await page.getByText('9 of 10 left').waitFor()

      await page.getByRole('link', { name: 'Turn off' }).click()
      await page.getByRole('button', { name: 'Turn it off' }).click()
      await at(page, '/step-up')
      await page.getByText('Use a recovery code instead').click()
      await page.fill('form:has([value=recovery_code]) [name=code]', codes[1] ?? '')
      await page.locator('form:has([value=recovery_code]) button').click()
      if (!scripts) await page.getByRole('button', { name: 'Turn it off' }).click()
      await page.getByText('Your authenticator is off').waitFor()
      expect(complaints).toEqual([])
    })
  })
}

test('[IFD-50] an owner and an admin without a second factor are urged to set one up until they have one; a member is not', async () => {
  await travel({ scripts: true }, async (page) => {
    const owner = await signedUp(page, 'Olga')
    await page.goto('/')
    await page.getByText('Protect this account with a second factor').waitFor()
    await setUp(page, owner, true)
    await page.goto('/')
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await page.getByText('Protect this account with a second factor').count()).toBe(0)

    await forget(page)
    const admin = await demoPerson('admin')
    await typePassword(page, admin)
    await page.getByText(admin.tenant).first().waitFor()
    await page.getByText('Protect this account with a second factor').waitFor()

    await forget(page)
    const member = await demoPerson('member')
    await typePassword(page, member)
    await page.getByText(member.tenant).first().waitFor()
    expect(await page.getByText('Protect this account with a second factor').count()).toBe(0)
  })
})
