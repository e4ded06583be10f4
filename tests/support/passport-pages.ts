import type { Page } from 'playwright-core'
import { at, demoOwnerOf, typePassword } from './journey.ts'
import { arrive } from './page-look.ts'

type Looks = { readonly look: (page: Page, route: string, path: string) => Promise<void>; readonly lookHere: (page: Page, route: string) => Promise<void> }

/** Every page of a producer's passport: one that is submitted, one that is half filled in, and one whose policy shows a value. */
export async function walkPassports(visitor: () => Promise<Page>, { look, lookHere }: Looks): Promise<void> {
  const page = await visitor()
  await typePassword(page, await demoOwnerOf('Maria Alvarez'))
  await at(page, '/')
  for (const path of ['/passport', '/passport/licences', '/passport/appointments', '/passport/calendar']) await look(page, path, path)
  for (const step of ['identity', 'tax', 'addresses', 'bank', 'cover', 'employment', 'background']) await look(page, '/passport/:step', `/passport/${step}`)
  await arrive(page, '/passport')
  await look(page, '/passport/versions/:versionId', (await page.getByRole('link', { name: 'Version 1' }).first().getAttribute('href')) ?? '')
  await arrive(page, '/passport/licences')
  await look(page, 'a licence, changed', (await page.getByRole('link', { name: /^Change/ }).first().getAttribute('href')) ?? '')
  await look(page, 'a licence, taken out', (await page.getByRole('link', { name: /^Take out/ }).first().getAttribute('href')) ?? '')
  await arrive(page, '/passport/identity')
  await page.fill('[name=npn]', '0')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await page.getByRole('alert').waitFor()
  await lookHere(page, 'a step, refused')

  const begun = await visitor()
  await typePassword(begun, await demoOwnerOf('Jonah Reyes'))
  await at(begun, '/')
  await look(begun, 'a passport, begun', '/passport')
  await look(begun, 'appointments, none', '/passport/appointments')

  const shown = await visitor()
  const tessa = await demoOwnerOf('Lindqvist Benefits LLC')
  await typePassword(shown, tessa)
  await at(shown, '/')
  await arrive(shown, '/passport/bank')
  await look(shown, '/passport/reveal/:secretId', (await shown.getByRole('link', { name: /See it in full/ }).first().getAttribute('href')) ?? '')
  await shown.getByRole('button', { name: 'Go on' }).click()
  await shown.getByRole('button', { name: 'Show it for a minute' }).click()
  await at(shown, '/step-up')
  await shown.fill('[name=password]', tessa.password)
  await shown.getByRole('button', { name: 'Confirm' }).click()
  await shown.getByText('011000015').waitFor()
  await lookHere(shown, 'a value, shown')
}
