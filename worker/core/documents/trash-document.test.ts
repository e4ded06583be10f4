import { expect, test } from 'vitest'
import { eventsAbout, linkTo, listed, upload } from '../../../tests/support/document-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, failureOf, signedIn } from '../../../tests/support/scene.ts'
import { readDocument } from './read-document.ts'
import { restoreDocument, trashDocument } from './trash-document.ts'

const DAY = 86_400_000

test('a document goes into the trash and comes back, its links dead in between, each step in the log', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const document = await upload(member)
  const path = await linkTo(member, document)
  const trashed = await member.run((ctx) => trashDocument(ctx, document.id))
  expect(trashed).toMatchObject({ state: 'trashed', purgedAt: (trashed.trashedAt ?? 0) + 30 * DAY })
  expect(await listed(member)).toEqual([])
  expect((await listed(member, 'trashed')).map(({ id }) => id)).toEqual([document.id])
  expect((await member.call(path)).status).toBe(410)
  await member.run((ctx) => restoreDocument(ctx, document.id))
  expect((await member.call(path)).status).toBe(200)
  expect(await eventsAbout(tenant.id, document.id)).toEqual(
    ['begun', 'uploaded', 'url_issued', 'trashed', 'link_refused', 'restored', 'downloaded'].map((what) => `core.document.${what}`),
  )
})

test('members trash what is theirs, admins anybody’s, and nobody another tenant’s', async () => {
  const [tenant, elsewhere] = [await newTenant(), await newTenant()]
  const member = await asMember(tenant)
  const document = await upload(member)
  const colleague = await signedIn(await tenant.newSomeone('member'), tenant.id)
  expect(await failureOf(colleague.run((ctx) => trashDocument(ctx, document.id)))).toMatchObject({ code: 'role_required' })
  expect(await failureOf((await asOwner(elsewhere)).run((ctx) => trashDocument(ctx, document.id)))).toEqual({ code: 'not_found' })
  expect(await (await asAdmin(tenant)).run((ctx) => trashDocument(ctx, document.id))).toMatchObject({ state: 'trashed' })
  expect(await failureOf(colleague.run((ctx) => restoreDocument(ctx, document.id)))).toMatchObject({ code: 'role_required' })
})

test('what is not stored cannot be trashed, what is not trashed not restored, and after its time nothing is', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const document = await upload(member)
  expect(await failureOf(member.run((ctx) => restoreDocument(ctx, document.id)))).toMatchObject({ code: 'conflict', state: 'document_stored' })
  const { purgedAt } = await member.run((ctx) => trashDocument(ctx, document.id))
  expect(await failureOf(member.run((ctx) => trashDocument(ctx, document.id)))).toMatchObject({ code: 'conflict', state: 'document_trashed' })
  const late = await tenant.asJob((ctx) => failureOf(restoreDocument(ctx, document.id)), purgedAt ?? 0)
  expect(late).toMatchObject({ code: 'gone' })
  expect(await member.run((ctx) => readDocument(ctx, document.id))).toMatchObject({ state: 'trashed' })
})

test('of two at once one puts it into the trash', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const document = await upload(member)
  const codes = await Promise.all([1, 2].map(() => failureOf(member.run((ctx) => trashDocument(ctx, document.id)))))
  expect(codes.filter((failure) => failure === null)).toHaveLength(1)
})
