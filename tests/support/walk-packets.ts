import type { Page } from 'playwright-core'
import { at, demoOwnerOf, typePassword } from './journey.ts'
import { arrive } from './page-look.ts'
import type { Looks } from './walk-producers.ts'

/** Every page of a packet, from the carrier's form to the question whether a file is what was sealed. `fmo` owns the FMO of the demo. */
export async function walkPackets(fmo: Page, { visitor, look, lookHere, press }: Looks): Promise<void> {
  await look(fmo, '/packets', '/packets')
  await fmo.selectOption('[name=carrier_id]', { index: 1 })
  await fmo.fill('[name=name]', 'A packet for the walk')
  await press(fmo, 'Begin')
  await fmo.waitForURL((url) => url.pathname.startsWith('/packets/pkt_'))
  await lookHere(fmo, 'packet, empty')
  await fmo.selectOption('[name=own_form]', 'direct_deposit')
  await press(fmo, 'Add it')
  await fmo.getByText('of 15 fields').or(fmo.getByText('fields are filled')).first().waitFor()
  await fmo.locator('canvas').waitFor()
  await lookHere(fmo, '/packets/:packetId')

  const filled = await fmo.evaluate(async () => {
    const { requests } = (await (await fetch('/api/v1/contracting-requests')).json()) as { requests: { id: string; producer: string; state: string }[] } // `as`: the API's own answer
    return requests.findLast(({ producer, state }) => producer === 'Maria Alvarez' && state === 'ready')?.id ?? ''
  })
  await look(fmo, '/requests/:requestId/packet', `/requests/${filled}/packet`)

  const producer = await visitor()
  await typePassword(producer, await demoOwnerOf('Maria Alvarez'))
  await at(producer, '/')
  await look(producer, 'my requests, one to sign', '/my-requests')
  await producer.getByRole('link', { name: 'your signature' }).first().click()
  await at(producer, '/signing')
  await lookHere(producer, '/signing')
  const waiting = producer.locator('main tr', { hasText: 'waits for you' }).locator('a[href^="/signing/"]').last() // the oldest: newer ones are another journey's
  await look(producer, '/signing/:packetId', (await waiting.getAttribute('href')) ?? '')
  await producer.locator('canvas').first().waitFor()
  await lookHere(producer, 'signing, with its pages')
  await arrive(producer, '/signing')
  await look(producer, 'signing, signed', (await producer.locator('main tr', { hasText: 'signed' }).locator('a[href^="/signing/"]').first().getAttribute('href')) ?? '')
  const digest = (await producer.locator('pre').first().innerText()).trim()

  const anybody = await visitor()
  await look(anybody, '/verify', '/verify')
  await anybody.getByText('Or type a digest').click()
  await anybody.fill('[name=sha256]', digest)
  await press(anybody, 'Ask')
  await anybody.getByText('Exactly the file that was sealed', { exact: true }).waitFor()
  await lookHere(anybody, 'verify, exact')
}
