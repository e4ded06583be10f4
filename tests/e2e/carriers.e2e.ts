import { expect, test } from 'vitest'
import { at, demoOwnerOf, travel, typePassword } from '../support/journey.ts'

test('without scripts: an FMO adds a carrier, gives its program a key that is shown once, and finds in a draft what stands in its way', async () => {
  await travel({ scripts: false }, async (page) => {
    const dana = await demoOwnerOf('Harbor FMO')
    await page.goto('/sign-in')
    await typePassword(page, dana)
    await page.goto('/carriers/new')
    const name = `Cascade Life ${crypto.randomUUID().slice(0, 4)}`
    await page.fill('[name=name]', name)
    await page.fill('[name=naic]', String(10_000 + (Date.now() % 80_000)))
    await page.getByRole('checkbox', { name: 'NV', exact: true }).check()
    await page.getByRole('button', { name: 'Add it' }).click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    const carrier = new URL(page.url()).pathname

    const issue = async () => {
      await page.fill('[name=label]', 'Intake')
      await page.getByRole('button', { name: 'Issue key' }).click()
    }
    await issue()
    await at(page, '/step-up')
    await page.fill('[name=password]', dana.password)
    await page.getByRole('button', { name: 'Confirm' }).click()
    await at(page, carrier)
    await issue()
    await page.getByText('Key Intake is ready').waitFor()
    await page.goto(carrier)
    expect(await page.getByText('Key Intake is ready').count()).toBe(0)
    await page.getByRole('link', { name: 'Revoke … Intake' }).click()
    await page.getByRole('button', { name: 'Revoke it' }).click()
    await page.getByText('The key is revoked').waitFor()

    await page.goto('/requests/new')
    await page.selectOption('[name=carrierId]', { label: name })
    await page.selectOption('[name=linkId]', { label: 'Maria Alvarez' })
    await page.getByRole('checkbox', { name: 'NV', exact: true }).check()
    await page.getByRole('button', { name: 'Save the draft' }).click()
    await page.getByText('There is no licence in NV.').first().waitFor()
    expect(await page.getByRole('button', { name: 'Make it ready to sign' }).isDisabled()).toBe(true)
  })
})
