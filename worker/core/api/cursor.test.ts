import { beforeAll, expect, test } from 'vitest'
import { newHome, type Home } from '../../../tests/tenancy/home.ts'
import { drained, type Browser } from '../../../tests/support/scene.ts'

const scene = {} as { home: Home; other: Home }

/** Somebody new each time, so that nobody's hundred requests a minute are used up. */
const anAdmin = async (): Promise<Browser> => (await scene.home.someone('admin')).browser

/** Two of everything that is listed, in each of two tenants. */
async function filled(word: string): Promise<Home> {
  const home = await newHome(word)
  for (const _ of [1, 2]) {
    await home.document()
    await home.invitation()
    await home.apiKey()
    await home.member()
  }
  await drained(home.tenant.id)
  return home
}

beforeAll(async () => {
  const [home, other] = [await filled('paged'), await filled('elsewhere')]
  Object.assign(scene, { home, other })
})

const lists = ['members', 'documents', 'invitations', 'api-keys', 'audit-entries'] as const

/** The rows of a page by what tells them apart, and where its Link leads. */
async function pageOf(browser: Browser, path: string) {
  const answer = await browser.call(path)
  const { next, ...body } = (await answer.json()) as Record<string, unknown> & { next: string | null } // `as`: a list
  const rows = Object.values(body).find(Array.isArray) as { id?: string }[] | undefined // `as`: likewise
  const [, link] = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('Link') ?? '') ?? []
  return { status: answer.status, ids: (rows ?? []).map(({ id }) => id), next, link: link ?? null }
}
const firstOf = (browser: Browser, list: string) => pageOf(browser, `/api/v1/${list}?limit=1`)
const refusal = async (browser: Browser, path: string) => {
  const answer = await browser.call(path)
  const problem = (await answer.json()) as { code: string; errors?: { pointer: string }[] } // `as`: a problem
  return [answer.status, problem.code, problem.errors?.[0]?.pointer]
}
const REFUSED = [422, 'invalid', '/query/cursor']

test('each list is walked to its end by following Link, every row once and only one’s own', async () => {
  const [owner, { other }] = [await anAdmin(), scene]
  for (const list of lists) {
    const whole = await pageOf(owner, `/api/v1/${list}?limit=100`)
    expect([whole.next, whole.link], list).toEqual([null, null])
    const walked: (string | undefined)[] = []
    for (let path: string | null = `/api/v1/${list}?limit=2`; path !== null; ) {
      const page = await pageOf(owner, path)
      expect(page.link === null, list).toBe(page.next === null)
      walked.push(...page.ids)
      path = page.link
    }
    expect(walked, list).toEqual(whole.ids)
    expect(new Set(walked).size, list).toBeGreaterThan(1)
    const theirs = await pageOf(await other.ownerAnew(), `/api/v1/${list}?limit=100`)
    expect(theirs.ids.filter((id) => walked.includes(id)), list).toEqual([])
  }
})

test('a cursor that was changed anywhere is refused, by its name', async () => {
  const owner = await anAdmin()
  for (const list of lists) {
    const { next } = await firstOf(owner, list)
    const cursor = next ?? ''
    expect((await owner.call(`/api/v1/${list}?limit=1&cursor=${encodeURIComponent(cursor)}`)).status, list).toBe(200)
    const dot = cursor.indexOf('.')
    for (const at of [0, 5, dot - 1, dot, dot + 1, dot + 9]) {
      const changed = `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`
      expect(await refusal(owner, `/api/v1/${list}?limit=1&cursor=${changed}`), `${list} at ${at}`).toEqual(REFUSED)
    }
    for (const made of ['', 'x', '.', `${cursor}.x`, `${cursor.slice(0, dot)}.`, btoa('["members",0,""]'), '5']) expect(await refusal(owner, `/api/v1/${list}?limit=1&cursor=${encodeURIComponent(made)}`), `${list} ${made}`).toEqual(REFUSED)
  }
})

test('a cursor is good for its own list, its own filter and its own tenant only', async () => {
  const owner = await anAdmin()
  const theirs = await scene.other.ownerAnew()
  for (const [index, list] of lists.entries()) {
    const { next } = await firstOf(owner, list)
    const another = lists[(index + 1) % lists.length] ?? 'members'
    const sent = encodeURIComponent(next ?? '')
    expect(await refusal(owner, `/api/v1/${another}?cursor=${sent}`), `${list} on ${another}`).toEqual(REFUSED)
    expect(await refusal(theirs, `/api/v1/${list}?cursor=${sent}`), `${list} elsewhere`).toEqual(REFUSED)
  }
  const documents = await pageOf(owner, '/api/v1/documents?limit=1&category=agreement')
  for (const filter of ['', 'category=other&', 'state=trashed&category=agreement&']) expect(await refusal(owner, `/api/v1/documents?${filter}cursor=${encodeURIComponent(documents.next ?? '')}`), filter).toEqual(REFUSED)
  const entries = await pageOf(owner, '/api/v1/audit-entries?limit=1&event=core.member')
  for (const filter of ['', 'event=core.document&', 'event=core.member&to=2020-01-01&', 'event=core.member&q=member&']) expect(await refusal(owner, `/api/v1/audit-entries?${filter}cursor=${encodeURIComponent(entries.next ?? '')}`), filter).toEqual(REFUSED)
  expect((await pageOf(owner, entries.link ?? '')).status).toBe(200)
})

test('the longest filter there is still has a next page, and a bare number is no cursor', async () => {
  const owner = await anAdmin()
  const long = `actor=a${'b'.repeat(78)}&subject=a${'b'.repeat(78)}&q=${encodeURIComponent('é'.repeat(80))}`
  expect((await owner.call(`/api/v1/audit-entries?${long}`)).status).toBe(200)
  expect((await firstOf(owner, 'audit-entries')).next?.length).toBeLessThan(300)
  expect((await owner.call('/api/v1/audit-entries?before=3')).status).toBe(422)
})
