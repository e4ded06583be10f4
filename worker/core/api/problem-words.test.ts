import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asOwner, asStranger } from '../../../tests/support/scene.ts'
import { problemWords } from './problem-words.ts'

test('the type of a problem leads to a page that says what it means, to anybody; one that is no problem leads nowhere', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const absent = (await (await asOwner(tenant)).call(`/api/v1/members/${other.owner.memberId}`).then((answer) => answer.json())) as { type: string; title: string } // `as`: a problem
  const page = await asStranger().page(absent.type)
  expect([page.status, absent.type]).toEqual([200, '/problems/not_found'])
  expect(await page.text()).toContain(absent.title)
  expect((await asStranger().page('/problems/nothing')).status).toBe(404)
})

test('every problem has a status, a title and a sentence that says what to do', () => {
  expect(problemWords.size).toBeGreaterThan(20)
  for (const { code, status, title, detail } of problemWords.values()) expect([code, status >= 400 && title.length > 3 && detail.length > 20 && detail.endsWith('.')]).toEqual([code, true])
})
