import { expect, test } from 'vitest'
import { asProgram, linkTo, upload } from '../../../tests/support/document-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asMember, asOwner, asViewer, failureOf } from '../../../tests/support/scene.ts'
import type { DocumentView } from './contract.ts'
import { issueDocumentLink } from './issue-document-link.ts'
import { listDocuments } from './list-documents.ts'
import { openDocument } from './open-document.ts'
import { readDocument } from './read-document.ts'

test('a list is walked page by page, newest first, each document once', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const made: string[] = []
  for (let n = 0; n < 5; n += 1) made.unshift((await upload(member, { category: n % 2 === 0 ? 'licence' : 'other' })).id)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await member.run((ctx) => listDocuments(ctx, { state: 'stored' }, { cursor, limit: 2 }))
    expect(page.documents.length).toBeLessThanOrEqual(2)
    seen.push(...page.documents.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor)
  expect([...seen].sort().reverse()).toEqual([...made].sort().reverse())
})

test('a cursor is good for its own list, filter and tenant only', async () => {
  const [tenant, elsewhere] = [await newTenant(), await newTenant()]
  const [member, stranger] = [await asMember(tenant), await asMember(elsewhere)]
  for (const who of [member, member, stranger, stranger]) await upload(who)
  const { next } = await member.run((ctx) => listDocuments(ctx, { state: 'stored' }, { limit: 1 }))
  const cursor = next ?? ''
  expect(await failureOf(member.run((ctx) => listDocuments(ctx, { state: 'trashed' }, { cursor, limit: 1 })))).toMatchObject({ code: 'invalid' })
  expect(await failureOf(member.run((ctx) => listDocuments(ctx, { state: 'stored', category: 'other' }, { cursor, limit: 1 })))).toMatchObject({ code: 'invalid' })
  expect(await failureOf(stranger.run((ctx) => listDocuments(ctx, { state: 'stored' }, { cursor, limit: 1 })))).toMatchObject({ code: 'invalid' })
})

test('the digest is told for one document, not on the list; a viewer is told neither', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const { id, sha256 } = await upload(member)
  expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  const { documents } = await member.run((ctx) => listDocuments(ctx, { state: 'stored' }, { limit: 10 }))
  expect(documents[0]?.sha256).toBeNull()
  expect(await member.run((ctx) => readDocument(ctx, id))).toMatchObject({ sha256 })
  const viewer = await asViewer(tenant)
  for (const refused of [viewer.run((ctx) => readDocument(ctx, id)), viewer.run((ctx) => listDocuments(ctx, { state: 'stored' }, { limit: 1 })), viewer.run((ctx) => issueDocumentLink(ctx, id))])
    expect(await failureOf(refused)).toMatchObject({ code: 'role_required' })
})

test('a program with a key uploads, lists and downloads within its scopes, and its link is its own', async () => {
  const [tenant, elsewhere] = [await newTenant(), await newTenant()]
  const owner = await asOwner(tenant)
  const [program, reader, foreign] = [await asProgram(owner), await asProgram(owner, ['documents.read']), await asProgram(await asOwner(elsewhere))]
  const document = await upload(program)
  const { documents } = await (await reader.call('/api/v1/documents')).json<{ documents: DocumentView[] }>()
  expect(documents.map(({ id }) => id)).toEqual([document.id])
  expect((await reader.call('/api/v1/documents', { json: { name: 'a.pdf', category: 'other', phi_ack: true } })).status).toBe(403)
  const path = await linkTo(program, document)
  expect([(await program.call(path)).status, (await reader.call(path)).status, (await owner.call(path)).status, (await foreign.call(path)).status]).toEqual([200, 403, 403, 403])
})

test('a job opens no document: it has neither session nor key that a link could be bound to', async () => {
  const tenant = await newTenant()
  const { id } = await upload(await asMember(tenant))
  expect(await tenant.asJob((ctx) => failureOf(issueDocumentLink(ctx, id)))).toEqual({ code: 'not_found' })
  expect(await tenant.asJob((ctx) => failureOf(openDocument(ctx, new URL(`https://countersign.test/documents/file/${id}/1800000000000/${'A'.repeat(43)}`))))).toEqual({ code: 'link_refused' })
})
