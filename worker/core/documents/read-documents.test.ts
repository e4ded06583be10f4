import { expect, test } from 'vitest'
import { upload } from '../../../tests/support/document-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, asViewer, failureOf, signedIn } from '../../../tests/support/scene.ts'
import { readDocuments } from './read-documents.ts'
import { trashDocument } from './trash-document.ts'

test('the page names who uploaded what, counts what there is, and offers to move only what may be moved', async () => {
  const [tenant, elsewhere] = [await newTenant(), await newTenant()]
  const member = await asMember(tenant)
  const own = await upload(member)
  const other = await upload(await signedIn(await tenant.newSomeone('member'), tenant.id))
  const gone = await upload(member)
  await member.run((ctx) => trashDocument(ctx, gone.id))
  await upload(await asMember(elsewhere))
  const read = (who: typeof member) => who.run((ctx) => readDocuments(ctx, { state: 'stored' }, { limit: 10 }))
  const seen = await read(member)
  expect(seen).toMatchObject({ counts: { stored: 2, trashed: 1 }, mayUpload: true, linkMinutes: 15, trashDays: 30 })
  expect(Object.fromEntries(seen.documents.map((document) => [document.id, [document.author, document.mayMove]]))).toEqual({ [own.id]: ['Mila Member', true], [other.id]: ['Mila Member', false] })
  expect((await read(await asAdmin(tenant))).documents.map(({ mayMove }) => mayMove)).toEqual([true, true])
  expect((await read(await asOwner(elsewhere))).counts).toEqual({ stored: 1, trashed: 0 })
  expect(await failureOf(read(await asViewer(tenant)))).toMatchObject({ code: 'role_required' })
})
