import { expect, test } from 'vitest'
import { at, forget, mailedLink, signedUp, travel, typePassword } from '../support/journey.ts'

test('without scripts: a colleague without an account and one with an account accept their invitations, and one that was taken back opens nothing', async () => {
  await travel({ scripts: false }, async (page) => {
    const kim = await signedUp(page, 'Kim')
    await forget(page)
    const owner = await signedUp(page, 'Olga')
    const tag = crypto.randomUUID().slice(0, 8)
    const asked = [
      { name: 'Nova', email: `nova-${tag}@journeys.example` },
      { name: 'Kim', email: kim.email },
      { name: 'Undone', email: `undone-${tag}@journeys.example` },
    ]
    for (const { name, email } of asked) {
      await page.goto('/people/invite')
      await page.fill('[name=name]', name)
      await page.fill('[name=email]', email)
      await page.getByRole('button', { name: 'Send the invitation' }).click()
      await page.getByText(`The invitation for ${name} is on its way`).waitFor()
    }
    const [fresh = '', known = '', undone = ''] = await Promise.all(asked.map(({ email }) => mailedLink(email, '/invitation/')))
    await page.getByRole('button', { name: /Take back.*Undone/ }).click()
    await page.getByText('The invitation for Undone was taken back').waitFor()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await page.getByText('The invitation for Undone is on its way').waitFor()

    await forget(page)
    await page.goto(fresh)
    await page.fill('[name=name]', 'Nova Quist')
    await page.fill('[name=password]', 'too short')
    await page.getByRole('button', { name: 'Make my account and join' }).click()
    await page.getByText(/15 characters/).first().waitFor()
    expect(await page.inputValue('[name=name]')).toBe('Nova Quist')
    await page.fill('[name=password]', 'a stroll along the harbour')
    await page.getByRole('button', { name: 'Make my account and join' }).click()
    await at(page, '/')
    await page.getByText(owner.tenant).first().waitFor()
    expect((await page.goto(fresh))?.status()).toBe(410)

    await forget(page)
    await page.goto(known)
    await page.getByRole('link', { name: 'Sign in and join with it' }).click()
    await page.fill('[name=email]', kim.email)
    await page.fill('[name=password]', kim.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText(`You join as ${kim.email}`).waitFor()
    await page.getByRole('button', { name: 'Join', exact: true }).click()
    await at(page, '/')
    await page.getByText(owner.tenant).first().waitFor()

    await forget(page)
    expect((await page.goto(undone))?.status()).toBe(410)
    await typePassword(page, owner, '/people')
    await at(page, '/people')
    const names = await page.locator('table').first().locator('.cs-row-link').allInnerTexts()
    expect(names.map((name) => name.split('\n')[1]?.trim()).sort()).toEqual(['Kim', 'Nova Quist', 'Olga'])
  })
})
