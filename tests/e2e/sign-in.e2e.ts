import { expect, test } from 'vitest'
import { at, forget, mailedLink, signUp, travel, typePassword } from '../support/journey.ts'

for (const scripts of [true, false]) {
  test(`${scripts ? 'with' : 'without'} scripts: somebody signs up, signs out and in again, changes name and password, and ends a session`, async () => {
    await travel({ scripts }, async (page, complaints) => {
      const jo = await signUp(page, 'Jo')
      await page.goto('/sign-out')
      await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
      await at(page, '/sign-in')
      await typePassword(page, { ...jo, password: 'not my password' })
      await page.getByText('That did not match').waitFor()
      expect(await page.inputValue('[name=email]')).toBe(jo.email)
      await page.fill('[name=password]', jo.password)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await at(page, '/')

      await page.goto('/profile')
      await page.fill('[name=name]', 'Jo Renamed')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Saved').first().waitFor()
      await page.goto('/profile/password')
      await page.fill('[name=current]', jo.password)
      await page.fill('[name=password]', 'a wholly different walk')
      await page.getByRole('button', { name: 'Change password' }).click()
      await page.getByText('Your password is changed').waitFor()

      await page.goto('/sessions')
      await page.getByRole('main').getByRole('button', { name: /^End/ }).click()
      await at(page, '/sign-in')
      await typePassword(page, { ...jo, password: 'a wholly different walk' })
      await at(page, '/')
      expect(complaints).toEqual([])
    })
  })
}

test('without scripts: a forgotten password is set anew through the mail', async () => {
  await travel({ scripts: false }, async (page) => {
    const jo = await signUp(page, 'Forgetful')
    await forget(page)
    await page.goto('/forgot-password')
    await page.fill('[name=email]', jo.email)
    await page.getByRole('button', { name: 'Mail me the link' }).click()
    await page.getByText('a link is on its way').waitFor()
    await page.goto(await mailedLink(jo.email, '/reset-password/'))
    await page.fill('[name=password]', 'a wholly different walk')
    await page.getByRole('button', { name: 'Set password' }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await typePassword(page, jo)
    expect(await page.getByRole('alert').innerText()).toContain('That did not match')
    await typePassword(page, { ...jo, password: 'a wholly different walk' })
    await at(page, '/')
  })
})
