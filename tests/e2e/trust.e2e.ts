import { expect, inject, test } from 'vitest'

import { openBrowser } from '../support/browser.ts'
import { ownDemo } from '../support/own-demo.ts'

const demo = ownDemo()

test('a figure of the trust page leads to its row, which opens to a chart beside the table it was drawn from, and breaks no policy', async () => {
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    // The sandbox's cron brings the second reading, and with it the chart.
    await fetch(`${demo.origin}/sandbox/clock`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ advance_s: 301 }) })
    await page.goto(`${demo.origin}/trust`, { waitUntil: 'networkidle' })
    for (const [figure, row] of [['controls passing now', 'controls'], ['entries in the deployment’s log', 'audit.signed'], ['waiting for the audit chain', 'audit.prompt'], ['oldest seal root', 'vault.keys']] as const) {
      const href = await page.locator('section[aria-label="What the probes say"] li', { hasText: figure }).locator('a').getAttribute('href')
      expect([figure, href]).toEqual([figure, `#${row}`])
    }
    const row = page.locator('details', { has: page.locator('[id="audit.prompt"]') })
    expect(await row.getAttribute('open')).toBeNull()
    await page.locator('section[aria-label="What the probes say"] a[href="#audit.prompt"]').click()
    await row.locator('svg.recharts-surface').first().waitFor()
    expect(await row.getAttribute('open')).not.toBeNull()
    await row.getByText('Show as a table').click()
    expect(await row.locator('figure table tbody tr').count()).toBeGreaterThan(1)
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }
})

test('the sandbox says of each vendor that a stand-in answers in its place', async () => {
  const trust = (await (await fetch(`${inject('origin')}/trust.json`)).json()) as { subprocessors: { name: string; status: string }[]; controls: { name: string; status: string }[] } // `as`: our own document
  expect(trust.subprocessors).toEqual(['Cloudflare', 'Resend', 'Harbor ID', 'Meridian'].map((name) => expect.objectContaining({ name, status: 'sandbox' })))
  for (const { name } of trust.subprocessors) expect(trust.controls).toContainEqual(expect.objectContaining({ name: `${name}: a stand-in`, status: 'sandbox' }))
  expect(trust.controls.filter(({ status }) => status === 'provider')).toEqual([])
})
