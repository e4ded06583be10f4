import { expect, test } from 'vitest'
import { at, signedUp, travel } from '../support/journey.ts'

test('without scripts: a key is issued, shown once, and revoked only after a question that can be answered with no', async () => {
  await travel({ scripts: false }, async (page) => {
    const kofi = await signedUp(page, 'Kofi')
    const issue = async () => {
      await page.fill('[name=label]', 'Nightly sync')
      await page.getByRole('checkbox', { name: /members\.read/ }).check()
      await page.getByRole('button', { name: 'Issue key' }).click()
    }
    await page.goto('/api-keys')
    await issue()
    await at(page, '/step-up')
    await page.fill('[name=password]', kofi.password)
    await page.getByRole('button', { name: 'Confirm' }).click()
    await at(page, '/api-keys')
    await issue()
    await page.getByText('Key Nightly sync is ready').waitFor()
    await page.goto('/api-keys')
    expect(await page.getByText('Copy it now').count()).toBe(0)

    await page.getByRole('link', { name: /^Revoke … Nightly sync$/ }).click()
    await page.getByRole('link', { name: 'Keep it' }).click()
    await page.getByText('active', { exact: true }).waitFor()
    await page.getByRole('link', { name: /^Revoke … Nightly sync$/ }).click()
    await page.getByRole('button', { name: 'Revoke it' }).click()
    await page.getByText('The key is revoked').waitFor()
    expect(await page.getByText('revoked', { exact: true }).count()).toBe(1)
    expect(await page.getByRole('link', { name: /^Revoke …/ }).count()).toBe(0)
  })
})
