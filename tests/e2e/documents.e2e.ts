import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { makePdf } from '../../worker/sandbox/make-pdf.ts'
import { bytesOf, signedUp, travel } from '../support/journey.ts'

const pdf = (...lines: string[]): Buffer => Buffer.from(makePdf(lines))
const titles = (page: Page): Promise<string[]> => page.locator('td[data-phone=title]').allInnerTexts()

test('a file is uploaded with its progress, refused ones say why, and what was deleted comes back', async () => {
  await travel({ scripts: true }, async (page, complaints) => {
    await signedUp(page, 'Dana')
    await page.goto('/documents', { waitUntil: 'networkidle' })
    // Scripts have taken over: before that it is the plain form of the next journey.
    await page.getByText('Drop files here').waitFor()
    const chosen = page.locator('input[type=file]')
    const file = { name: 'packet.pdf', mimeType: 'application/pdf', buffer: pdf('Appointment request') }
    await chosen.setInputFiles([file])
    await page.getByText('first, then choose the file again').waitFor()
    await page.selectOption('form[action="/documents/upload"] select[name=category]', 'licence')
    await page.check('[name=phi_ack]')
    await chosen.setInputFiles([file, { name: 'lies.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') }])
    await page.getByText(/^Accepted are PDF/).waitFor()
    await expect.poll(() => titles(page)).toEqual(['packet.pdf'])

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download packet.pdf' }).click()])
    expect(download.suggestedFilename()).toBe('packet.pdf')
    expect((await bytesOf(download)).equals(file.buffer)).toBe(true)

    await page.getByRole('button', { name: 'Delete packet.pdf' }).click()
    await page.getByText('packet.pdf is in the trash').first().waitFor()
    await expect.poll(() => titles(page)).toEqual([])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => titles(page)).toEqual(['packet.pdf'])
    expect(complaints).toEqual([])
  })
})

test('without scripts the same form uploads one file, says what was wrong with another, and downloads', async () => {
  await travel({ scripts: false }, async (page) => {
    await signedUp(page, 'Priya')
    await page.goto('/documents')
    const form = page.locator('form[action="/documents/upload"]')
    await form.locator('select[name=category]').selectOption('premium')
    await form.locator('[name=phi_ack]').check()
    await form.locator('input[type=file]').setInputFiles([{ name: 'lies.pdf', mimeType: 'application/pdf', buffer: Buffer.from('not a pdf') }])
    await form.getByRole('button', { name: 'Upload' }).click()
    await page.getByText(/is not what its name says/).waitFor()
    await form.locator('select[name=category]').selectOption('premium')
    await form.locator('[name=phi_ack]').check()
    await form.locator('input[type=file]').setInputFiles([{ name: 'notice.pdf', mimeType: 'application/pdf', buffer: pdf('Premium notice') }])
    await form.getByRole('button', { name: 'Upload' }).click()
    await page.waitForURL('**/documents?uploaded=1')
    expect(await titles(page)).toEqual(['notice.pdf'])
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download notice.pdf' }).click()])
    expect((await bytesOf(download)).subarray(0, 4).toString()).toBe('%PDF')
  })
})
