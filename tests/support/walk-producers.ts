import type { Page } from 'playwright-core'
import { at, mailedLink } from './journey.ts'
import { arrive } from './page-look.ts'

/** How the walk through every page looks at one. */
export type Looks = {
  readonly visitor: () => Promise<Page>
  readonly look: (page: Page, route: string, path: string) => Promise<void>
  readonly lookHere: (page: Page, route: string) => Promise<void>
  readonly press: (page: Page, name: string | RegExp) => Promise<void>
}

/** Every page of an FMO and its producer, from the invitation to the question of parting. `fmo` is somebody of an FMO, signed in. */
export async function walkProducers(fmo: Page, { visitor, look, lookHere, press }: Looks): Promise<void> {
  const tag = crypto.randomUUID().slice(0, 8)
  const fern = `fern-${tag}@journeys.example`
  await look(fmo, 'producers, released', '/producers?state=ended')
  await arrive(fmo, '/producers')
  await arrive(fmo, (await fmo.getByRole('link', { name: 'Maria Alvarez' }).first().getAttribute('href')) ?? '')
  await fmo.selectOption('main [name=purpose]', { index: 1 })
  await fmo.fill('main [name=reason]', 'The cheque goes with the direct deposit form')
  await press(fmo, 'Open the document')
  await fmo.getByRole('link', { name: /Download.*Voided cheque/ }).waitFor()
  await lookHere(fmo, 'producer, documents opened')
  await look(fmo, '/producers/import', '/producers/import')
  await fmo.fill('[name=csv]', `name,email\nIris,iris-${tag}@journeys.example\nNobody,not an address`)
  await press(fmo, 'Look first')
  await fmo.getByText('Lines that were left out').waitFor()
  await lookHere(fmo, 'import, looked at')
  await look(fmo, '/producers/invite', '/producers/invite')
  await fmo.fill('[name=name]', `Fern ${tag}`)
  await fmo.fill('[name=email]', fern)
  await press(fmo, 'Send the invitation')
  await at(fmo, '/producers/invitations')
  await lookHere(fmo, '/producers/invitations')

  const producer = await visitor()
  await look(producer, '/producer-invitation/:token', await mailedLink(fern, '/producer-invitation/'))
  await producer.fill('[name=password]', `walking slowly ${tag}`)
  await press(producer, 'Make my account and accept')
  await at(producer, '/fmos')
  await lookHere(producer, '/fmos')
  const mine = (await producer.locator('main a[href^="/fmos/lnk_"]').first().getAttribute('href')) ?? ''
  await look(producer, '/fmos/:linkId', mine)
  await look(producer, '/my-requests', '/my-requests')
  const theirs = mine.replace('/fmos/', '/producers/')
  await look(fmo, '/producers', '/producers')
  await look(fmo, '/producers/:linkId', theirs)
  await look(fmo, '/producers/:linkId/release', `${theirs}/release`)
  await arrive(fmo, theirs)
  await fmo.selectOption('[name=kind]', 'portal_login')
  for (const [name, value] of Object.entries({ label: 'Summit Mutual portal', secret: 'fern.producer', password: 'a word of theirs' })) await fmo.fill(`main [name=${name}]`, value)
  await press(fmo, 'Give it')
  await fmo.getByText('was given').first().waitFor()
  await lookHere(fmo, 'producer, a credential given')

  await look(producer, '/credentials/:credentialId', await credentialOf(producer, mine))
  await look(producer, '/fmos/:linkId/release', `${mine}/release`)
  await producer.fill('[name=reason]', 'Moving to another region')
  await press(producer, 'Ask')
  await producer.waitForURL(/\/releases\/rel_/)
  await lookHere(producer, '/releases/:releaseId')
  await look(producer, '/releases', '/releases')
  await look(fmo, 'release, to be answered', await releaseOf(fmo, theirs))
}

/** The page of the credential that has just been given: it arrives by itself within a moment. */
async function credentialOf(page: Page, fmo: string): Promise<string> {
  for (let tries = 0; tries < 60; tries += 1) {
    await arrive(page, fmo)
    const link = page.locator('main a[href^="/credentials/"]').first()
    if ((await link.count()) > 0) return (await link.getAttribute('href')) ?? ''
    await page.waitForTimeout(250)
  }
  throw new Error('no credential arrived')
}

async function releaseOf(page: Page, producer: string): Promise<string> {
  await arrive(page, producer)
  return (await page.locator('main a[href^="/releases/rel_"]').first().getAttribute('href')) ?? ''
}
