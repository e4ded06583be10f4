import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { at, demoOwnerOf, forget, mailedLink, signedUp, travel, typePassword, type Traveller } from '../support/journey.ts'

async function beAt(page: Page, provider: string, email: string): Promise<void> {
  await page.getByRole('heading', { name: provider }).waitFor()
  await page.fill('[name=email]', email)
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function link(page: Page, person: Traveller, provider: string, email: string): Promise<void> {
  await page.goto('/profile/security')
  await page.getByRole('link', { name: `Link ${provider}` }).click()
  await beAt(page, provider, email)
  await at(page, '/step-up')
  await page.fill('[name=password]', person.password)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByText('The provider can sign you in from now on').waitFor()
}

test('[CAL-104] a person links identities at two providers and signs in with either', async () => {
  await travel({ scripts: true }, async (page, complaints) => {
    const ada = await signedUp(page, 'Ada')
    for (const provider of ['Harbor ID', 'Meridian']) await link(page, ada, provider, ada.email)
    for (const provider of ['Harbor ID', 'Meridian']) {
      await forget(page)
      await page.goto('/sign-in')
      await page.getByRole('link', { name: `Continue with ${provider}` }).click()
      await beAt(page, provider, ada.email)
      await at(page, '/')
      await page.getByText(ada.tenant).first().waitFor()
    }
    expect(complaints).toEqual([])
  })
})

test('[CAL-87] a callback with a state of another browser answers 400, and an identity nobody linked signs nobody in', async () => {
  await travel({ scripts: true }, async (page) => {
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Continue with Harbor ID' }).click()
    await beAt(page, 'Harbor ID', 'stranger@journeys.example')
    await page.getByText('No account here is linked to that identity').first().waitFor()
    const callback = page.url()
    await forget(page)
    expect((await page.goto(callback))?.status()).toBe(400)
    expect((await page.goto('/sign-in/oidc/harbor/callback?code=x&state=y'))?.status()).toBe(400)
  })
})

test('an invited colleague answers with an identity that is for the invited address, and works in the tenant', async () => {
  await travel({ scripts: true }, async (page) => {
    const owner = await signedUp(page, 'Olga')
    const email = owner.email.replace('olga', 'nora')
    await page.goto('/people/invite')
    await page.fill('[name=name]', 'Nora')
    await page.fill('[name=email]', email)
    await page.getByRole('main').getByRole('button').first().click()
    const invitation = await mailedLink(email)
    await forget(page)

    await page.goto(invitation)
    await page.getByRole('link', { name: 'Continue with Harbor ID' }).click()
    await beAt(page, 'Harbor ID', `not-${email}`)
    await page.getByText('does not vouch for the address that was invited').first().waitFor()

    await page.goto(invitation)
    await page.getByRole('link', { name: 'Continue with Harbor ID' }).click()
    await beAt(page, 'Harbor ID', email)
    await page.getByRole('button', { name: 'Join', exact: true }).click()
    await at(page, '/')
    await page.getByText(owner.tenant).first().waitFor()
    expect(await page.getByRole('link', { name: 'Policy' }).count()).toBe(0)
  })
})

test('an invited producer answers with an identity that is for the invited address, and has a tenant of its own', async () => {
  await travel({ scripts: true }, async (page) => {
    const fern = `fern-${crypto.randomUUID().slice(0, 8)}@journeys.example`
    await page.goto('/sign-in')
    await typePassword(page, await demoOwnerOf('Harbor FMO'))
    await at(page, '/')
    await page.goto('/producers/invite')
    await page.fill('[name=name]', 'Fern')
    await page.fill('[name=email]', fern)
    await page.getByRole('button', { name: 'Send the invitation' }).click()
    const invitation = await mailedLink(fern, '/producer-invitation/')
    await forget(page)

    for (const [email, then] of [[`not-${fern}`, 'does not vouch for the address that was invited'], [fern, 'You accept as']] as const) {
      await page.goto(invitation)
      await page.getByRole('link', { name: 'Continue with Harbor ID' }).click()
      await beAt(page, 'Harbor ID', email)
      await page.getByText(then).first().waitFor()
    }
    await page.getByRole('button', { name: 'Accept', exact: true }).click()
    await at(page, '/fmos')
    expect(await page.getByRole('main').innerText()).toContain('Harbor FMO')
  })
})
