import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { at, newWindow, travel, typePassword, type Traveller } from '../support/journey.ts'
import { ownDemo } from '../support/own-demo.ts'

const demo = ownDemo({ anew: true })

type Note = { readonly reference: string; readonly contact: string | null; readonly text: string }

const asked = async <T>(path: string, body?: unknown): Promise<T> => {
  const answer = await fetch(`${demo.origin}${path}`, body === undefined ? {} : { method: 'POST', headers: { Origin: demo.origin, 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  expect([path, answer.status]).toEqual([path, 200])
  return (await answer.json()) as T // `as`: the sandbox's own format
}
const notesOf = async (id: string): Promise<Note[]> => (await asked<Note[]>('/sandbox/ams/notes.json')).filter(({ reference }) => reference === id)

/** Rings a call and answers its id, once it stands in the log that she reads. */
async function rung(page: Page): Promise<string> {
  const newest = async () => {
    await page.goto('/calls')
    return (await page.locator('main a[href^="/calls/cal_"]').first().getAttribute('href')) ?? ''
  }
  const before = await newest()
  await asked('/sandbox/calls', {})
  await expect.poll(newest, { timeout: 15_000 }).not.toBe(before)
  return (await newest()).replace('/calls/', '')
}

const said = (page: Page, text: string | RegExp) => page.getByRole('main').getByText(text).first().waitFor()

test('[CAL-01] a call that a dialler tells of is in the log, becomes one note in the AMS, and is forgotten before her eyes; with the AMS down it waits and becomes one all the same', async () => {
  const people = await asked<Traveller[]>('/sandbox/accounts.json')
  const [dana, elena] = ['dana@harbor.example', 'elena@anchor.example'].map((address) => people.find(({ email }) => email === address))
  if (!dana || !elena) throw new Error('the demo has not both')
  await travel({ scripts: true, origin: demo.origin }, async (page, complaints) => {
    await typePassword(page, dana)
    await at(page, '/')
    const call = await rung(page)
    await page.goto(`/calls/${call}`)
    for (const text of ['+14155550132', /whether my renewal went through/]) await said(page, text)
    expect(await notesOf(call)).toEqual([])
    const elsewhere = await (await newWindow(page.context().browser(), { baseURL: demo.origin })).newPage()
    await typePassword(elsewhere, elena)
    await at(elsewhere, '/')
    expect((await elsewhere.goto(`/calls/${call}`))?.status()).toBe(404)
    await elsewhere.context().close()

    await asked('/sandbox/clock', { advance_s: 300 })
    const notes = await notesOf(call)
    expect(notes).toMatchObject([{ contact: '1001', text: expect.stringContaining('whether my renewal went through') }])
    await page.goto(`/calls/${call}`)
    for (const text of ['Call with ***-***-0132', 'Nothing of the other party is kept', /^nte_/]) await said(page, text)
    expect(await page.content()).not.toMatch(/renewal|4155550132|Whitfield/)
    await page.goto('/sandbox')
    await said(page, `about Grace Whitfield, reference ${call}`)

    await page.getByRole('button', { name: 'Take it down' }).click()
    await said(page, 'It is down: everything is answered with 503.')
    const late = await rung(page)
    await asked('/sandbox/clock', { advance_s: 300 })
    expect(await notesOf(late)).toEqual([])
    await page.goto(`/calls/${late}`)
    await said(page, '+14155550132')
    await page.goto('/sandbox')
    await page.getByRole('button', { name: 'Bring it up again' }).click()
    await said(page, 'It answers.')
    await asked('/sandbox/clock', { advance_s: 3600 })
    expect([(await notesOf(late)).length, (await notesOf(call)).length]).toEqual([1, 1])
    await page.goto(`/calls/${late}`)
    await said(page, 'Nothing of the other party is kept')
    expect(complaints).toEqual([])
  })
})
