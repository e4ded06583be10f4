import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { makePdf } from '../../worker/sandbox/make-pdf.ts'
import { signedUp, travel } from '../support/journey.ts'
import { alive, watch } from '../support/page-look.ts'

// A file's name holds no slash; a browser on plain HTTP reads this as https://tracker.example all the same.
const inDocument = `<img src=https:tracker.example onerror=document.title='owned'>.pdf`
const inMember = `<img src="https://tracker.example/p.gif"><script>document.title='owned'</script>`
const paths = ['/', '/people', '/documents', '/audit', '/profile', '/delivery', '/security']

test('[SPO-49] a script and a tracker planted in names neither run nor load: shown as text, and blocked even where a page would forget to', async () => {
  await travel({ scripts: true }, async (page) => {
    await signedUp(page, 'Mallory')
    await page.goto('/profile')
    await page.fill('[name=name]', inMember)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved').first().waitFor()
    await upload(page)

    const watched = await watch(page.context(), inject('origin'))
    for (const path of paths) {
      await page.goto(path, { waitUntil: 'load' })
      await alive(page)
      expect([path, await page.title()]).not.toEqual([path, 'owned'])
      expect([path, await page.locator('img[src*=tracker]').count()]).toEqual([path, 0])
    }
    expect(watched).toEqual({ complaints: [], foreign: [] })
    await page.goto('/people')
    await page.getByText(inMember).first().waitFor()
    await page.goto('/documents')
    await page.getByText(inDocument).first().waitFor()

    await forgetToEscape(page)
    for (const path of ['/people', '/documents']) {
      await page.goto(path, { waitUntil: 'load' })
      await expect.poll(() => watched.complaints.some((complaint) => complaint.startsWith(`${path}: Content Security Policy: img-src https://tracker.example`))).toBe(true)
      expect([path, await page.title()]).not.toEqual([path, 'owned'])
    }
    const blocked = watched.complaints.flatMap((complaint) => /Content Security Policy: (script-src\S*) /.exec(complaint)?.[1] ?? [])
    expect(new Set(blocked)).toEqual(new Set(['script-src-elem', 'script-src-attr']))
  })
})

async function upload(page: Page): Promise<void> {
  await page.goto('/documents')
  await alive(page)
  const form = page.locator('form[action="/documents/upload"]')
  await form.locator('select[name=category]').selectOption('agreement')
  await form.locator('[name=phi_ack]').check()
  await form.locator('input[type=file]').setInputFiles([{ name: inDocument, mimeType: 'application/pdf', buffer: Buffer.from(makePdf(['A file with a telling name'])) }])
  await page.getByText('stored', { exact: true }).waitFor()
}

/** From here on every page arrives as if it had written names into its markup as they are. */
async function forgetToEscape(page: Page): Promise<void> {
  await page.route(/\/(people|documents)$/, async (route) => {
    const answer = await route.fetch()
    const body = (await answer.text()).replace(/<main[\s\S]*<\/main>/, (main) => main.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#x27;', "'"))
    await route.fulfill({ response: answer, body })
  })
}
