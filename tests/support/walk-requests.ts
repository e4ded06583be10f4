import type { Page } from 'playwright-core'
import { arrive } from './page-look.ts'
import type { Looks } from './walk-producers.ts'

/** Every page of carriers and their requests. `fmo` is somebody of the demo's FMO, signed in. */
export async function walkRequests(fmo: Page, { look, lookHere, press }: Pick<Looks, 'look' | 'lookHere' | 'press'>): Promise<void> {
  await look(fmo, '/carriers', '/carriers')
  const carrier = (await fmo.locator('main a[href^="/carriers/car_"]').first().getAttribute('href')) ?? ''
  await look(fmo, '/carriers/:carrierId', carrier)
  await look(fmo, 'carrier, a key to be revoked', `${carrier}?revoke=cky_none`)
  await look(fmo, '/carriers/:carrierId/terms', `${carrier}/terms`)
  await look(fmo, '/carriers/new', '/carriers/new')
  await fmo.fill('[name=name]', 'Cascade Life')
  await fmo.fill('[name=naic]', '12')
  await press(fmo, 'Add it')
  await fmo.getByText('Five digits, as the NAIC lists the company.').first().waitFor()
  await lookHere(fmo, 'carrier, refused')

  await look(fmo, '/requests', '/requests')
  await look(fmo, 'requests, none fits', '/requests?state=appointed')
  await look(fmo, '/requests/new', '/requests/new')
  await arrive(fmo, '/requests')
  const request = (await fmo.locator('main a[href^="/requests/req_"]').first().getAttribute('href')) ?? ''
  await look(fmo, '/requests/:requestId', request)
}
