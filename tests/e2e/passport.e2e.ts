import { Buffer } from 'node:buffer'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { at, mailedLink, travel, type Traveller } from '../support/journey.ts'
import { pdf } from '../support/sample-files.ts'

/** A producer signs up for a tenant of its own, on a phone. */
async function producer(page: Page, name: string): Promise<Traveller> {
  await page.setViewportSize({ width: 390, height: 844 })
  const tag = crypto.randomUUID().slice(0, 8)
  const traveller = { email: `${name.toLowerCase()}-${tag}@journeys.example`, password: `walking slowly ${tag}`, tenant: `${name} ${tag}` }
  await page.goto('/sign-up')
  for (const [field, value] of Object.entries({ name, email: traveller.email, password: traveller.password, tenantName: traveller.tenant })) await page.fill(`[name=${field}]`, value)
  await page.selectOption('[name=kind]', 'producer')
  await page.getByRole('button', { name: 'Mail me the link' }).click()
  await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor()
  await page.goto(await mailedLink(traveller.email))
  await page.getByRole('main').getByRole('button').first().click()
  await at(page, '/')
  return traveller
}

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('main').getByRole('button', { name }).first().click()

async function fillIn(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`[name="${name}"]`)
    if ((await field.first().evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value)
    else await field.fill(value)
  }
}

const identity = { 'name.first': 'Wren', 'name.last': 'Okafor', bornOn: '1990-04-05', email: 'wren@okafor.example', phone: '503-555-0111', npn: '18273645' }
const home = { 'residential.line1': '3 Fern Road', 'residential.city': 'Salem', 'residential.state': 'OR', 'residential.zip': '97301' }

test('without scripts, on a phone: a producer fills its passport in step by step, mends what is refused, submits it, and changes it again', async () => {
  await travel({ scripts: false }, async (page) => {
    await producer(page, 'Wren')
    await page.goto('/passport/identity')
    await fillIn(page, { ...identity, npn: '0' })
    await press(page, 'Save and go on')
    await page.getByText('Up to ten digits').first().waitFor()
    expect(await page.inputValue('[name="name.last"]')).toBe('Okafor')
    await fillIn(page, { npn: identity.npn })
    await press(page, 'Save and go on')
    await at(page, '/passport/tax')
    await fillIn(page, { 'secret.ssn': '219-09-9999' })
    await press(page, 'Save and go on')
    await at(page, '/passport/addresses')
    await fillIn(page, home)
    await page.check('[name=mailingSame]')
    await press(page, 'Save and go on')
    await at(page, '/passport/bank')
    await fillIn(page, { 'secret.routing': '021000022', 'secret.account': '4455667788' })
    await page.check('[name=accountType][value=checking]')
    await press(page, 'Save and go on')
    await page.getByText('do not belong together').first().waitFor()
    expect(await page.content()).not.toContain('4455667788')
    await fillIn(page, { 'secret.routing': '021000021', 'secret.account': '4455667788' })
    await press(page, 'Save and go on')
    await at(page, '/passport/licences')
    await fillIn(page, { state: 'OR', number: 'OR-1', expiresOn: '2031-05-05' })
    await page.check('[name=lines][value=life]')
    await page.check('[name=resident]')
    await press(page, 'Add it')
    await page.getByText('OR-1').first().waitFor()
    await page.goto('/passport/background')
    for (const radio of await page.locator('input[type=radio][value=no]').all()) await radio.check()
    await press(page, 'Save and go on')
    await at(page, '/passport')
    await press(page, 'Submit version 1')
    await page.getByText('Version 1 is submitted').first().waitFor()

    await page.goto('/passport/tax')
    expect(await page.content()).toContain('•••-••-9999')
    expect(await page.content()).not.toMatch(/219-?09-?9999/)
    await fillIn(page, { 'secret.ein': '52-1234567' })
    await press(page, 'Save and go on')
    await page.goto('/passport')
    await page.getByText('draft of version 2').waitFor()
    await page.goto('/passport/calendar')
    await page.getByText('Licence in OR').waitFor()
    await press(page, 'Make the address')
    const address = (await page.locator('main pre, main code').first().innerText()).trim()
    const feed = await page.request.get(address)
    expect([feed.status(), feed.headers()['content-type'], (await feed.text()).includes('SUMMARY:Licence in OR expires')]).toEqual([200, 'text/calendar; charset=utf-8', true])
  })
}, 240_000)

test('with scripts: a step saves itself a moment after the last change, waits for what would be refused, clears a secret once it is kept, and takes a file in place', async () => {
  await travel({ scripts: true }, async (page, complaints) => {
    await producer(page, 'Ada')
    await page.goto('/passport/identity')
    await fillIn(page, { ...identity, email: 'not yet' })
    await page.waitForTimeout(1500)
    expect(await page.getByText('Saved', { exact: true }).count()).toBe(0)
    await fillIn(page, { email: identity.email })
    await page.getByText('Saved', { exact: true }).waitFor()
    await fillIn(page, { 'name.middle': 'Quill' })
    await page.waitForTimeout(1200)
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.reload()
    expect([await page.inputValue('[name="name.middle"]'), await page.inputValue('[name="email"]')]).toEqual(['Quill', identity.email])

    await page.goto('/passport/tax')
    await fillIn(page, { 'secret.ssn': '219-09-9999' })
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.getByText('•••-••-9999').waitFor()
    expect(await page.inputValue('[name="secret.ssn"]')).toBe('')
    await page.goto('/passport/bank')
    await page.getByText('Upload', { exact: true }).first().click()
    await page.selectOption('[name=category]', 'other')
    await page.check('[name=phi_ack]')
    await page.setInputFiles('input[type=file]', { name: 'voided.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf('A cheque.')) })
    await page.locator('[name=voidedCheque] option', { hasText: 'voided.pdf' }).waitFor({ state: 'attached' })
    await page.selectOption('[name=voidedCheque]', { label: 'voided.pdf' })
    await page.getByText('Saved', { exact: true }).waitFor()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wide).toBe(0)
    expect(complaints).toEqual([])
  })
}, 240_000)

test('by keyboard alone a producer goes from the passport to a step, answers it, and comes to the next', async () => {
  await travel({ scripts: true }, async (page) => {
    await producer(page, 'Kim')
    await page.goto('/passport')
    await page.getByRole('link', { name: /Tax number/ }).focus()
    await page.keyboard.press('Enter')
    await at(page, '/passport/tax')
    await page.locator('[name="secret.ein"]').focus()
    await page.keyboard.type('52-1234567')
    await page.keyboard.press('Enter')
    await at(page, '/passport/addresses')
    await page.goto('/passport')
    expect(await page.getByText('EIN on file').count()).toBe(1)
  })
}, 240_000)
