import AxeBuilder from '@axe-core/playwright'
import { createPublicKey, verify, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'

import { verifyExport } from '../../durable-objects/chain-export.ts'
import { openBrowser } from '../support/browser.ts'

type SignIn = { email: string; password: string; role: string; tenant: string }

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
const spki = Buffer.from('302a300506032b6570032100', 'hex')
const verifyRaw = (publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean =>
  verify(null, message, createPublicKey({ key: Buffer.concat([spki, publicKey]), format: 'der', type: 'spki' }), signature)

/** A page of a fresh browser in which somebody of this role has signed in through the sign-in page. */
async function withSignedIn(role: string, tell: (page: Page, who: SignIn) => Promise<void>): Promise<void> {
  const origin = inject('origin')
  const accounts = (await (await fetch(`${origin}/sandbox/accounts.json`)).json()) as SignIn[] // `as`: the sandbox's own list
  const who = accounts.find((each) => each.role === role)
  if (!who) throw new Error(`the demo has no ${role}`)
  const browser = await openBrowser()
  try {
    const page = await (await browser.newContext({ viewport: { width: 1360, height: 900 } })).newPage()
    await page.goto(`${origin}/sign-in`, { waitUntil: 'networkidle' })
    await page.fill('input[name=email]', who.email)
    await page.fill('input[type=password]', who.password)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
    await tell(page, who)
  } finally {
    await browser.close()
  }
}

test('an owner reads the log, narrows it, opens an entry beside the list, and takes away a file that a stranger can verify', async () => {
  await withSignedIn('owner', async (page, who) => {
    const origin = inject('origin')
    await page.goto(`${origin}/`, { waitUntil: 'networkidle' })
    await page.getByRole('link', { name: 'Audit', exact: true }).first().click()
    await page.waitForURL('**/audit')

    await page.getByLabel('Event or its beginning').fill('core.member')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/audit?event=core.member')
    const rows = page.getByRole('link', { name: /^core\./ })
    await expect.poll(async () => [...new Set((await rows.allInnerTexts()).map((name) => name.split('.').slice(0, 2).join('.')))]).toEqual(['core.member'])

    await rows.first().click()
    await page.waitForURL(/\/audit\/\d+\?event=core\.member/)
    await page.getByText('Hash of this entry').waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    }

    await page.goto(`${origin}/audit/export?form=ndjson`, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Export for verification' }).click()
    await page.waitForURL('**/step-up?**')
    await page.fill('input[type=password]', who.password)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/audit/export?**')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export for verification' }).click()])
    const lines = readFileSync(await download.path(), 'utf8').trimEnd().split('\n')
    const { key } = keyOf(await (await fetch(`${origin}/trust.json`)).text())
    expect(await verifyExport(lines, key, { sha256, verify: verifyRaw })).toMatchObject({ state: 'complete', leftOut: 0 })
    const changed = lines.map((line, at) => (at === 2 ? line.replace('"v":1', '"v":1 ') : line))
    expect(await verifyExport(changed, key, { sha256, verify: verifyRaw })).toMatchObject({ state: 'broken', line: 3 })
  })
})

test('a log that is followed shows a new entry without being asked again', async () => {
  await withSignedIn('owner', async (page) => {
    await page.goto(`${inject('origin')}/audit?live=1&event=core.audit`, { waitUntil: 'networkidle' })
    const rows = page.getByRole('link', { name: /^core\.audit\.entry_opened$/ })
    const before = await rows.count()
    const other = await page.context().newPage()
    await other.goto(`${inject('origin')}/audit`, { waitUntil: 'networkidle' })
    await other.getByRole('link', { name: /^core\.session\.opened$/ }).first().click()
    await other.getByRole('button', { name: 'Open address and browser' }).click()
    await other.getByText('127.0.0.1').waitFor()
    await page.bringToFront()
    await expect.poll(() => rows.count(), { timeout: 20_000 }).toBe(before + 1)
  })
})

test('somebody without the right sees no link to the log, and is refused in words at its address', async () => {
  await withSignedIn('viewer', async (page) => {
    await page.goto(`${inject('origin')}/`, { waitUntil: 'networkidle' })
    expect(await page.getByRole('link', { name: 'Audit', exact: true }).count()).toBe(0)
    const answer = await page.goto(`${inject('origin')}/audit`)
    expect(answer?.status()).toBe(403)
    expect(await page.locator('h1').innerText()).toBe('Your role does not allow this')
  })
})

/** The deployment's verifier key, where the trust page's twin for machines names it. */
function keyOf(trust: string): { key: string } {
  const [key] = /[a-z0-9.:-]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*/.exec(trust) ?? []
  if (!key) throw new Error('the trust page names no key')
  return { key }
}
