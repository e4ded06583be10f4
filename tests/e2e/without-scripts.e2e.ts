import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { at, forget, mailedLink, newWindow, signedUp, travel, typePassword } from '../support/journey.ts'

/** The button of the page that stands for what is meant, not one of the frame around it. */
const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('main').getByRole('button', { name }).first().click()

test('without scripts: an address is changed by the mail to the new one, and the mail to the old one takes it back and locks the account', async () => {
  await travel({ scripts: false }, async (page) => {
    const eve = await signedUp(page, 'Eve')
    const changed = `new-${eve.email}`
    await page.goto('/profile')
    await page.fill('[name=email]', changed)
    await press(page, 'Mail me the link')
    await page.getByText(`Open the link we mailed to ${changed}`).waitFor()
    await page.goto(await mailedLink(changed, '/confirm-email/'))
    await press(page, 'Confirm')
    await page.getByRole('heading', { name: 'Your new address is in force' }).waitFor()

    await forget(page)
    await typePassword(page, { ...eve, email: changed })
    await at(page, '/')
    await page.goto(await mailedLink(eve.email, '/dispute-email/'))
    await press(page, 'It was not me: stop it')
    await page.getByRole('heading', { name: 'The change is stopped' }).waitFor()
    await page.goto('/profile')
    await at(page, '/sign-in')
    for (const email of [changed, eve.email]) {
      await typePassword(page, { ...eve, email })
      expect([email, (await page.getByRole('alert').count()) > 0, new URL(page.url()).pathname]).toEqual([email, true, '/sign-in'])
    }
  })
})

test('without scripts: an owner tightens the policy, hands the tenant over, and is removed from it by the next owner', async () => {
  await travel({ scripts: false }, async (page) => {
    const olga = await signedUp(page, 'Olga')
    const lock = '[name="auth.lockout.minutes"]'
    await page.goto('/policy')
    await page.fill(lock, '90')
    await press(page, 'Put in force')
    await page.getByText('Version 2 is in force').waitFor()
    expect(await page.inputValue(lock)).toBe('90')

    const email = olga.email.replace('olga', 'ravi')
    await page.goto('/people/invite')
    await page.fill('[name=name]', 'Ravi')
    await page.fill('[name=email]', email)
    await press(page, 'Send the invitation')
    const elsewhere = await newWindow(page.context().browser(), { javaScriptEnabled: false })
    const ravi = await elsewhere.newPage()
    await ravi.goto(await mailedLink(email, '/invitation/'))
    await ravi.fill('[name=password]', 'a stroll along the harbour')
    await press(ravi, 'Make my account and join')
    await at(ravi, '/')

    await page.goto('/people')
    await page.locator('.cs-row-link', { hasText: 'Ravi' }).click()
    await page.getByRole('link', { name: 'Hand over …' }).click()
    await press(page, 'Make Ravi the owner')
    await at(page, '/step-up')
    await page.fill('[name=password]', olga.password)
    await press(page, 'Confirm')
    await press(page, 'Make Ravi the owner')
    await page.getByText('A tenant always has exactly one').waitFor()

    await ravi.goto('/people')
    await ravi.locator('.cs-row-link', { hasText: 'Olga' }).click()
    await ravi.getByRole('link', { name: 'Remove …' }).click()
    await press(ravi, 'Remove Olga')
    await ravi.getByText('Removed', { exact: true }).waitFor()
    expect(await ravi.locator('table').first().locator('.cs-row-link').count()).toBe(1)
    await page.goto('/')
    await page.getByText('You have no tenant yet').waitFor()
    expect((await page.goto('/people'))?.status()).not.toBe(200)
    await elsewhere.close()
  })
})
