import { expect, inject, test } from 'vitest'
import { verifyExport } from '../../durable-objects/chain-export.ts'
import { sha256 } from '../support/export-scene.ts'
import { at, bytesOf, demoPerson, travel, typePassword } from '../support/journey.ts'
import { alive } from '../support/page-look.ts'
import { verifyRaw } from '../support/verify-raw.ts'

test('an owner reads the log, narrows it, opens an entry beside the list, and takes away a file that a stranger can verify', async () => {
  await travel({ scripts: true }, async (page, complaints) => {
    const owner = await demoPerson('owner')
    await typePassword(page, owner)
    await at(page, '/')
    await alive(page)
    await page.getByRole('link', { name: 'Audit log', exact: true }).first().click()
    await page.waitForURL('**/audit')

    await page.getByLabel('Event or its beginning').fill('core.member')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/audit?event=core.member')
    const rows = page.getByRole('link', { name: /^core\./ })
    await expect.poll(async () => [...new Set((await rows.allInnerTexts()).map((name) => name.split('.').slice(0, 2).join('.')))]).toEqual(['core.member'])

    await rows.first().click()
    await page.waitForURL(/\/audit\/\d+\?event=core\.member/)
    await page.getByText('Hash of this entry').waitFor()

    await page.goto('/audit/export?form=ndjson')
    await alive(page)
    await page.getByRole('button', { name: 'Export for verification' }).click()
    await page.waitForURL('**/step-up?**')
    await page.fill('input[type=password]', owner.password)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/audit/export?**')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export for verification' }).click()])
    const lines = (await bytesOf(download)).toString().trimEnd().split('\n')
    const { key } = keyOf(await (await fetch(`${inject('origin')}/trust.json`)).text())
    expect(await verifyExport(lines, key, { sha256, verify: verifyRaw })).toMatchObject({ state: 'complete', leftOut: 0 })
    const changed = lines.map((line, at) => (at === 2 ? line.replace('"v":1', '"v":1 ') : line))
    expect(await verifyExport(changed, key, { sha256, verify: verifyRaw })).toMatchObject({ state: 'broken', line: 3 })
    expect(complaints).toEqual([])
  })
})

test('a log that is followed shows a new entry without being asked again', async () => {
  await travel({ scripts: true }, async (page) => {
    await typePassword(page, await demoPerson('owner'), '/audit?live=1&event=core.audit')
    await at(page, '/audit')
    await alive(page)
    const rows = page.getByRole('link', { name: /^core\.audit\.entry_opened$/ })
    const before = await rows.count()
    const other = await page.context().newPage()
    await other.goto('/audit')
    await alive(other)
    await other.getByRole('link', { name: /^core\.session\.opened$/ }).first().click()
    await other.getByRole('button', { name: 'Open address and browser' }).click()
    await other.getByText(/^2001:db8:/).waitFor()
    await page.bringToFront()
    await expect.poll(() => rows.count(), { timeout: 20_000 }).toBe(before + 1)
  })
})

test('somebody without the right sees no link to the log, and is refused in words at its address', async () => {
  await travel({ scripts: true }, async (page) => {
    await typePassword(page, await demoPerson('viewer'))
    await at(page, '/')
    expect(await page.getByRole('link', { name: 'Audit log', exact: true }).count()).toBe(0)
    const answer = await page.goto('/audit')
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
