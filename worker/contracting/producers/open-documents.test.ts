import { expect, test } from 'vitest'
import { asProgram } from '../../../tests/support/document-scene.ts'
import { copiedTo, newFmo, newInvitee, newLinked, paperOf, someSnapshot } from '../../../tests/support/link-scene.ts'
import { pdf } from '../../../tests/support/sample-files.ts'
import { asAdmin, asMember, asOwner, asStranger, drained, entriesOf, failureOf, signedIn } from '../../../tests/support/scene.ts'
import { answerRelease } from './answer-release.ts'
import { askRelease } from './ask-release.ts'
import type { OpenedDocuments } from './contract.ts'
import { listOpenings } from './list-openings.ts'
import { openDocuments } from './open-documents.ts'
import { readFmo } from './read-fmo.ts'

const why = { purpose: 'review', reason: 'Checking the account' } as const
const pathOf = ({ documents }: OpenedDocuments): string => new URL(documents[0]?.url ?? '').pathname

async function scene() {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const person = await newInvitee()
  const [linked, elsewhere] = [await newLinked(harbor, person), await newLinked(anchor, person)]
  const version = await someSnapshot({ voidedCheque: await paperOf(linked.producerId, { name: 'Cheque of Maria.pdf', bytes: pdf('Void') }) })
  await copiedTo(harbor, linked, version)
  return { harbor, anchor, linked, elsewhere, admin: await asAdmin(harbor) }
}

test('[CIQ-44][CIQ-32] opening the documents stands in both logs before a link is answered, and each link works for the session that opened', async () => {
  const { harbor, linked, admin } = await scene()
  const opened = await admin.run((ctx) => openDocuments(ctx, linked.linkId, why))
  expect(opened).toMatchObject({ number: 1, absent: 0, documents: [{ what: 'voided_cheque', name: 'Cheque of Maria.pdf', mediaType: 'application/pdf', size: pdf('Void').length }] })
  const answer = await admin.call(pathOf(opened))
  expect([answer.status, answer.headers.get('Content-Type'), answer.headers.get('Content-Disposition')]).toEqual([200, 'application/pdf', expect.stringContaining('attachment; filename="Cheque of Maria.pdf"')])
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(pdf('Void'))

  await drained(harbor.id)
  expect(await entriesOf(harbor.id, 'contracting.copy.read')).toMatchObject([{ actor: { role: 'admin' }, meta: { link: linked.linkId, purpose: 'review', parts: 'documents', number: 1 } }])
  expect(await entriesOf(harbor.id, 'core.document.downloaded')).toHaveLength(1)
  expect(await entriesOf(linked.producerId, 'contracting.passport.read')).toMatchObject([{ meta: { fmo: harbor.id, purpose: 'review', parts: 'documents' } }])
  const told = { where: 'Harbor FMO', who: 'Ada Admin', reason: why.reason, parts: ['documents'] }
  expect((await linked.browser.run((ctx) => listOpenings(ctx, { limit: 10 }))).openings).toMatchObject([told])
  expect((await linked.browser.run((ctx) => readFmo(ctx, linked.linkId))).openings).toMatchObject([told])
  expect(await (await linked.browser.page(`/fmos/${linked.linkId}`)).text()).toContain('Seen of version 1: documents.')
})

test('a member, another FMO of the same producer, an admin whose proof is old, a program, and whoever asks before a document came open nothing', async () => {
  const { harbor, anchor, linked, elsewhere } = await scene()
  const opening = { ...why }
  expect(await failureOf((await asMember(harbor)).run((ctx) => openDocuments(ctx, linked.linkId, opening)))).toMatchObject({ code: 'role_required' })
  expect(await failureOf((await asOwner(anchor)).run((ctx) => openDocuments(ctx, linked.linkId, opening)))).toEqual({ code: 'not_found' })
  expect(await failureOf((await asOwner(anchor)).run((ctx) => openDocuments(ctx, elsewhere.linkId, opening)))).toEqual({ code: 'not_found' })
  expect(await failureOf((await asAdmin(harbor, { proven: false })).run((ctx) => openDocuments(ctx, linked.linkId, opening)))).toMatchObject({ code: 'step_up_required' })
  expect(await failureOf(linked.browser.run((ctx) => openDocuments(ctx, linked.linkId, opening)))).toEqual({ code: 'not_found' })
  expect((await (await asProgram(await asOwner(harbor))).call(`/api/v1/producers/${linked.linkId}/document-openings`, { json: opening })).status).toBe(403)
  expect((await (await asAdmin(harbor)).call(`/api/v1/producers/${linked.linkId}/document-openings`, { json: { ...opening, reason: '' } })).status).toBe(422)
  expect(await entriesOf(harbor.id, 'contracting.copy.read')).toEqual([])
  expect(await entriesOf(anchor.id, 'contracting.copy.read')).toEqual([])
})

test('a link to a producer’s document opens nothing in another session, below another address, for another FMO, a program or a stranger', async () => {
  const { harbor, anchor, linked, admin } = await scene()
  const path = pathOf(await admin.run((ctx) => openDocuments(ctx, linked.linkId, why)))
  const sameAdminElsewhere = await signedIn(await harbor.someone('admin'), harbor.id)
  for (const who of [sameAdminElsewhere, await asOwner(harbor), await asOwner(anchor), linked.browser, await asProgram(await asOwner(harbor)), asStranger()]) expect((await who.call(path)).status).toBe(403)
  expect((await admin.call(path.replace('/producers/file/', '/documents/file/'))).status).not.toBe(200)
  expect((await admin.call(`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`)).status).toBe(403)
  expect((await admin.call(path, { method: 'HEAD' })).status).toBe(405)
  expect((await admin.call(path)).status).toBe(200)
})

test('the page shows the links of an opening in that answer alone', async () => {
  const { linked, admin } = await scene()
  const page = async (init?: Parameters<typeof admin.call>[1]) => (await admin.call(`/producers/${linked.linkId}`, { ...init, headers: { Accept: 'text/html' } })).text()
  const closed = await page()
  expect(closed).toContain('Open the document')
  expect(closed).not.toMatch(/Cheque of Maria|producers\/file/)
  expect(await page({ form: { intent: 'documents', purpose: 'review', reason: '' } })).not.toMatch(/Cheque of Maria|producers\/file/)
  const opened = await page({ form: { intent: 'documents', ...why } })
  expect(opened).toMatch(/<span[^>]*>Cheque of Maria\.pdf<\/span>/)
  const file = await admin.call(/href="[^"]*?(\/producers\/file\/[\w/-]+)"/.exec(opened)?.[1] ?? '')
  expect([file.status, new Uint8Array(await file.arrayBuffer())]).toEqual([200, pdf('Void')])
  expect(await page()).not.toMatch(/Cheque of Maria|producers\/file/)
})

test('[CIQ-15] a link that was good is good no more once a newer version drops the document, or the producer is released', async () => {
  for (const end of ['version', 'release'] as const) {
    const { harbor, linked, admin } = await scene()
    const path = pathOf(await admin.run((ctx) => openDocuments(ctx, linked.linkId, why)))
    expect((await admin.call(path)).status).toBe(200)
    if (end === 'version') await copiedTo(harbor, linked, await someSnapshot({ number: 2 }))
    else {
      const { id } = await admin.run((ctx) => askRelease(ctx, linked.linkId, { reason: 'The contract ended' }))
      await linked.browser.run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' }))
    }
    expect([end, (await admin.call(path)).status]).toEqual([end, 403])
    expect(await failureOf(admin.run((ctx) => openDocuments(ctx, linked.linkId, why)))).toEqual({ code: 'not_found' })
  }
})
