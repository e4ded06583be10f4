import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { alive } from '../support/page-look.ts'
import { at, demoOwnerOf, newWindow, typePassword } from '../support/journey.ts'
import { pdf } from '../support/sample-files.ts'

/** A carrier's program, with the key that the sandbox shows. */
async function programOf(carrier: string, fmo: string): Promise<(method: string, path: string, body?: object) => Promise<Response>> {
  const origin = inject('origin')
  const keys = (await (await fetch(`${origin}/sandbox/carrier-keys.json`)).json()) as { carrier: string; fmo: string; token: string }[] // `as`: the sandbox's own format
  const token = keys.find((key) => key.carrier === carrier && key.fmo === fmo)?.token ?? ''
  return (method, path, body) => fetch(new URL(path, origin), { method, headers: { Authorization: `Bearer ${token}`, ...(body ? { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) })
}

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('main').getByRole('button', { name }).first().click()

async function houseOf(tenant: string, browser: Awaited<ReturnType<typeof openBrowser>>): Promise<Page> {
  const page = await (await newWindow(browser)).newPage()
  await typePassword(page, await demoOwnerOf(tenant))
  await at(page, '/')
  return page
}

/** The FMO drafts a request, makes it ready and fills its packet. Answers with its path. */
async function asked(fmo: Page): Promise<string> {
  await fmo.goto('/requests/new')
  await fmo.selectOption('[name=carrierId]', { label: 'Evergreen Life' })
  await fmo.selectOption('[name=linkId]', { label: 'Maria Alvarez' })
  await fmo.getByRole('checkbox', { name: 'OR', exact: true }).check()
  await press(fmo, 'Save the draft')
  await press(fmo, 'Make it ready to sign')
  await fmo.getByText('Nothing stands in its way.').first().waitFor()
  const request = new URL(fmo.url()).pathname
  await fmo.getByRole('link', { name: 'Packet', exact: true }).click()
  await press(fmo, 'Fill the packet')
  await fmo.getByText('Waits for the producer').first().waitFor()
  return request
}

/** What waits for the producer's signature. */
async function waiting(producer: Page): Promise<string[]> {
  await producer.goto('/signing')
  return producer.locator('main tr', { hasText: 'waits for you' }).locator('a[href^="/signing/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
}

/** The producer signs what was not there `before`. */
async function signed(producer: Page, before: readonly string[]): Promise<void> {
  const fresh = async () => (await waiting(producer)).find((href) => !before.includes(href)) ?? ''
  await expect.poll(fresh, { timeout: 60_000 }).not.toBe('')
  await producer.goto(await fresh())
  await alive(producer)
  await press(producer, 'Sign this packet')
  expect(await producer.getByText('signed', { exact: true }).count()).toBe(0) // a name and a consent are asked for first
  await producer.fill('[name=name]', 'Maria Alvarez')
  await producer.locator('[name=consent]').check()
  await press(producer, 'Sign this packet')
  await producer.getByText('Signed and sealed').or(producer.getByText('You signed this packet')).first().waitFor()
}

async function verdictOn(page: Page, file: Buffer): Promise<void> {
  await page.goto('/verify')
  await alive(page)
  await page.locator('input[type=file]').setInputFiles([{ name: 'packet.pdf', mimeType: 'application/pdf', buffer: file }])
}

test('from an FMO’s request to a writing number: the producer signs, the carrier’s program fetches exactly what was sealed, another carrier learns nothing, and a changed file is known as changed', async () => {
  const browser = await openBrowser()
  try {
    const [fmo, producer] = [await houseOf('Harbor FMO', browser), await houseOf('Maria Alvarez', browser)]
    const [evergreen, summit] = [await programOf('Evergreen Life', 'Harbor FMO'), await programOf('Summit Mutual', 'Harbor FMO')]
    const before = await waiting(producer)
    const path = await asked(fmo)
    const application = `/api/carrier/v1/applications/${path.split('/')[2]}`
    await signed(producer, before)
    expect((await evergreen('GET', application)).status).toBe(404) // nothing before it is handed over
    await fmo.goto(path)
    await press(fmo, 'Hand over to Evergreen Life')
    await fmo.getByText('The carrier sees it now.').waitFor()

    expect((await summit('GET', application)).status).toBe(404)
    const { documents } = (await (await evergreen('GET', application)).json()) as { documents: { id: string; sha256: string }[] } // `as`: the API's own answer
    const link = (await (await evergreen('POST', `/api/carrier/v1/documents/${documents[0]?.id}/links`, {})).json()) as { url: string } // `as`: likewise
    expect((await summit('GET', link.url)).status).toBe(403) // as for a link that nobody made
    const file = Buffer.from(await (await evergreen('GET', link.url)).arrayBuffer())
    expect(createHash('sha256').update(file).digest('hex')).toBe(documents[0]?.sha256)

    const answered = async (body: object) => (await evergreen('POST', `${application}/answers`, body)).status
    expect([await answered({ status: 'accepted' }), await answered({ status: 'appointed', writingNumbers: [{ number: 'EG-44172', states: ['OR'] }] })]).toEqual([201, 201])
    await fmo.goto(path)
    await fmo.getByText('EG-44172').first().waitFor()
    await producer.goto('/my-requests')
    await expect.poll(async () => (await producer.reload(), producer.getByText('Appointed').count()), { timeout: 60_000 }).toBeGreaterThan(0)

    const anybody = await (await newWindow(browser)).newPage()
    await verdictOn(anybody, file)
    await anybody.getByText('Exactly the file that was sealed', { exact: true }).waitFor()
    await verdictOn(anybody, Buffer.concat([file, Buffer.from('\n% one line more\n')]))
    await anybody.getByText(/do not rely on it/).first().waitFor()
    await verdictOn(anybody, Buffer.from(pdf('Nobody sealed this.')))
    await anybody.getByText('Not known here').first().waitFor()
  } finally {
    await browser.close()
  }
})
