import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { addPasskey, plugIn } from '../support/device.ts'
import { at, bytesOf, forget, mailedLink, newWindow, signUp, travel, typePassword } from '../support/journey.ts'
import { alive } from '../support/page-look.ts'

test('a person signs in, invites a colleague, adds a passkey, uploads a document, and a stranger verifies the log of all of it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-export-'))
  try {
    await travel({ scripts: true }, async (page, complaints) => {
      const dana = await signUp(page, 'Dana')
      await forget(page)
      await typePassword(page, dana)
      await at(page, '/')

      await inviteAndJoin(page)
      await plugIn(page)
      await addPasskey(page, dana, 'Dana’s laptop')
      await upload(page)
      await expectInLog(page, ['core.tenant.created', 'core.session.opened', 'core.member.invited', 'core.member.joined', 'core.factor.enabled', 'core.document.begun', 'core.document.uploaded'])

      const [kept, tampered] = [path.join(folder, 'log.ndjson'), path.join(folder, 'tampered.ndjson')]
      writeFileSync(kept, await exportLog(page))
      const lines = readFileSync(kept, 'utf8').split('\n')
      writeFileSync(tampered, lines.map((line) => line.replace('core.member.invited', 'core.member.removed')).join('\n'))
      expect(readFileSync(tampered, 'utf8')).not.toBe(readFileSync(kept, 'utf8'))

      const key = await onTrustPage(page, { kept, tampered })
      expect(await verifyAudit(kept, key)).toEqual({ code: 0, says: expect.stringMatching(/^complete up to \d+, signed at /) })
      expect(await verifyAudit(tampered, key)).toEqual({ code: 1, says: expect.stringMatching(/^broken/) })
      expect(complaints).toEqual([])
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Asks a colleague, who answers from the mail in a browser of its own. */
async function inviteAndJoin(page: Page): Promise<void> {
  const email = `colleague-${crypto.randomUUID().slice(0, 8)}@journeys.example`
  await page.getByRole('link', { name: 'People', exact: true }).first().click()
  await page.getByRole('link', { name: 'Invite', exact: true }).click()
  await at(page, '/people/invite')
  await page.fill('[name=name]', 'Robin')
  await page.fill('[name=email]', email)
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await page.getByText('The invitation for Robin is on its way').waitFor()

  const context = await newWindow(page.context().browser())
  const colleague = await context.newPage()
  await colleague.goto(await mailedLink(email, '/invitation/'))
  await colleague.fill('[name=password]', 'a stroll along the harbour')
  await colleague.getByRole('button', { name: 'Make my account and join' }).click()
  await at(colleague, '/')
  await context.close()
  await page.goto('/people')
  await page.getByRole('link', { name: 'Robin' }).waitFor()
}

/** Uploads over a slow line, so that the progress can be seen moving. */
async function upload(page: Page): Promise<void> {
  await page.goto('/documents')
  await alive(page)
  const form = page.locator('form[action="/documents/upload"]')
  await form.locator('select[name=category]').selectOption('agreement')
  await form.locator('[name=phi_ack]').check()
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  await line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000 })
  await form.locator('input[type=file]').setInputFiles([{ name: 'agreement.txt', mimeType: 'text/plain', buffer: Buffer.alloc(2_000_000, 'An agreement, line by line.\n') }])
  const progress = page.getByRole('progressbar', { name: 'Sending agreement.txt' })
  await expect.poll(() => progress.evaluate((bar: HTMLProgressElement) => bar.value), { timeout: 30_000 }).toBeGreaterThan(0)
  await line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
  await page.getByText('stored', { exact: true }).waitFor()
  await page.getByRole('cell', { name: 'agreement.txt', exact: true }).waitFor()
}

/** Each of these stands in the log, a minute later at most. */
async function expectInLog(page: Page, names: readonly string[]): Promise<void> {
  const missing = async () => {
    await page.goto('/audit')
    const shown = await page.locator('.cs-row-link').allInnerTexts()
    return names.filter((name) => !shown.includes(name))
  }
  await expect.poll(missing, { timeout: 60_000, interval: 1_000 }).toEqual([])
}

/** Exports for verification; the passkey confirms that it is its person. */
async function exportLog(page: Page): Promise<Buffer> {
  await page.getByRole('link', { name: 'Export for verification' }).click()
  await at(page, '/audit/export')
  await page.getByRole('button', { name: 'Export for verification' }).click()
  await at(page, '/step-up')
  expect(await page.locator('[name=password]').count()).toBe(0)
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await at(page, '/audit/export')
  await alive(page)
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export for verification' }).click()])
  return bytesOf(download)
}

/** Drops both files on the public page, in a browser that nobody is signed in to. Answers with the key that stands there. */
async function onTrustPage(page: Page, { kept, tampered }: { kept: string; tampered: string }): Promise<string> {
  const context = await newWindow(page.context().browser())
  const stranger = await context.newPage()
  await stranger.goto('/trust', { waitUntil: 'networkidle' })
  const asked: string[] = []
  stranger.on('request', (request) => asked.push(request.url()))
  await drop(stranger, kept)
  await stranger.getByText('Exactly what was sealed').waitFor()
  await stranger.getByText(/complete up to \d+, signed at/i).waitFor()
  await drop(stranger, tampered)
  await stranger.getByText('Not what was sealed').waitFor()
  await stranger.getByText(/broken/i).first().waitFor()
  // Checked in this tab: nothing was sent anywhere.
  expect(asked).toEqual([])
  const text = await stranger.locator('#verify').innerText()
  await context.close()
  return /--key\s+(\S+\s?\S*\+[0-9a-f]{8}\+\S+)/.exec(text.replaceAll(/\n/g, ' '))?.[1] ?? ''
}

/** A file from the desk onto the page's field, as a hand would. */
async function drop(page: Page, file: string): Promise<void> {
  const field = page.getByLabel('Audit export (NDJSON)')
  await field.scrollIntoViewIfNeeded()
  const box = await field.boundingBox()
  if (!box) throw new Error('the field is not shown')
  const devtools = await page.context().newCDPSession(page)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await devtools.send('Input.dispatchDragEvent', { type, x: box.x + box.width / 2, y: box.y + box.height / 2, data })
}

/** The command that the trust page names. */
const verifyAudit = (file: string, key: string): Promise<{ code: number; says: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['scripts/verify-audit.ts', file, '--key', key], (error, stdout) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, says: stdout.trim() }))
  })
