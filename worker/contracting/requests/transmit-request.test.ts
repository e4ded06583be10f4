import { beforeAll, expect, test } from 'vitest'
import { entryLoaded, newFmo, newProgram } from '../../../tests/support/carrier-scene.ts'
import { copiedTo, someSnapshot } from '../../../tests/support/link-scene.ts'
import { newApplicant, newApplication, seen, sign, signedRequest, transmit } from '../../../tests/support/request-scene.ts'
import { asMember, bindings, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { destroySalt } from '../../core/vault/salts.ts'
import { makeReady } from './move-request.ts'
import { readRequest } from './read-request.ts'
import { transmitRequest } from './transmit-request.ts'

beforeAll(entryLoaded, 120_000)

test('[CIQ-12][CIQ-57] an administrator hands a signed request over: it has a time and a receipt, the carrier sees it, and the log names packet and carrier', async () => {
  const fmo = await newFmo()
  const { id, receipt, carrierId, program } = await newApplication(fmo)
  expect(receipt.receipt).toMatch(/^[0-9a-f]{64}$/)
  const request = await fmo.admin.run((ctx) => readRequest(ctx, id))
  expect(request).toMatchObject({ state: 'transmitted', transmissions: [{ id: receipt.transmissionId, receipt: receipt.receipt, at: receipt.at }] })
  expect((await program.client.GET('/api/carrier/v1/applications')).data?.applications).toMatchObject([{ id, transmittedAt: receipt.at }])
  const [entry, ...more] = await entriesOf(fmo.tenant.id, 'contracting.packet.transmitted')
  expect([entry?.subject, entry?.meta, more]).toEqual([id, { transmission: receipt.transmissionId, carrier: carrierId, packet: request.documents[0]?.packetId, link: request.linkId, receipt: receipt.receipt }, []])
})

test('what is not signed, and what a member would hand over, stays where it is; another FMO finds nothing', async () => {
  const [fmo, there] = [await newFmo(), await newFmo()]
  const [{ carrierId }, applicant] = [await newProgram(fmo), await newApplicant(fmo)]
  const { id } = await signedRequest(fmo, carrierId, applicant.linkId)
  const signed = await seen(fmo, id)
  expect(await failureOf((await asMember(fmo.tenant)).run((ctx) => transmitRequest(ctx, signed)))).toMatchObject({ code: 'role_required' })
  expect(await failureOf(there.admin.run((ctx) => transmitRequest(ctx, signed)))).toEqual({ code: 'not_found' })
  await transmit(fmo, id)
  const sent = await seen(fmo, id)
  expect(await failureOf(fmo.admin.run((ctx) => transmitRequest(ctx, sent)))).toMatchObject({ code: 'conflict', state: 'request_transmitted' })
})

test('a licence that was lost since the signature stops it, and so does a passport that was changed since', async () => {
  const fmo = await newFmo()
  const [{ carrierId, program }, applicant] = [await newProgram(fmo), await newApplicant(fmo)]
  const { id } = await signedRequest(fmo, carrierId, applicant.linkId)
  const snapshot = await someSnapshot({ number: 2 })
  await copiedTo(fmo.tenant, applicant, { ...snapshot, parts: { ...snapshot.parts, content: { ...snapshot.parts.content, licences: [] } } })
  expect(await failureOf(transmit(fmo, id))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/obstacles/licence.OR' }] })
  await copiedTo(fmo.tenant, applicant, await someSnapshot({ number: 3 }))
  expect(await failureOf(transmit(fmo, id))).toMatchObject({ code: 'conflict', state: 'passport_changed' })
  expect((await program.client.GET('/api/carrier/v1/applications')).data?.applications).toEqual([])
})

test('what was handed over is a snapshot: a later passport changes nothing of it, and without its own salt nothing of it can be read', async () => {
  const fmo = await newFmo()
  const { id, program, applicant, receipt } = await newApplication(fmo)
  const read = () => program.client.GET('/api/carrier/v1/applications/{applicationId}', { params: { path: { applicationId: id } } })
  const snapshot = await someSnapshot({ number: 2 })
  await copiedTo(fmo.tenant, applicant, { ...snapshot, parts: { ...snapshot.parts, contact: { ...snapshot.parts.contact, name: { first: 'Mary', middle: null, last: 'Other', suffix: null } } } })
  expect((await read()).data?.applicant).toMatchObject({ passportVersion: 1, contact: { name: { first: 'Maria' } } })
  await destroySalt(bindings.KEYS, { tenant: fmo.tenant.id, kind: 'application', id: receipt.transmissionId })
  expect((await read()).response.status).toBe(410)
})

test('of two who hand it over at once, one does', async () => {
  const fmo = await newFmo()
  const [{ carrierId }, applicant] = [await newProgram(fmo), await newApplicant(fmo)]
  const { id } = await signedRequest(fmo, carrierId, applicant.linkId)
  const signed = await seen(fmo, id)
  const both = await Promise.all([1, 2].map(() => failureOf(fmo.admin.run((ctx) => transmitRequest(ctx, signed)))))
  expect(both.filter((failure) => failure === null)).toHaveLength(1)
  expect((await fmo.admin.run((ctx) => readRequest(ctx, id))).transmissions).toHaveLength(1)
})

test('a returned request is signed and handed over again, with a receipt of its own', async () => {
  const fmo = await newFmo()
  const { id, program, receipt } = await newApplication(fmo)
  await program.fetch(`/api/carrier/v1/applications/${id}/answers`, { json: { status: 'returned', reason: 'A page is missing.' } })
  const returned = await seen(fmo, id)
  await fmo.admin.run((ctx) => makeReady(ctx, returned))
  await sign(fmo, id)
  const again = await transmit(fmo, id)
  expect(again.receipt).not.toBe(receipt.receipt)
  expect((await fmo.admin.run((ctx) => readRequest(ctx, id))).transmissions.map((each) => each.id)).toEqual([again.transmissionId, receipt.transmissionId])
})
