import { expect, test } from 'vitest'
import { newCarrier, newFmo } from '../../../tests/support/carrier-scene.ts'
import { draft, newApplicant } from '../../../tests/support/request-scene.ts'
import { copiedTo, newLinked, paperOf, someSnapshot } from '../../../tests/support/link-scene.ts'
import { asMember, asOwner, drained, failureOf } from '../../../tests/support/scene.ts'
import { closeTenant } from '../../core/tenancy/close-tenant.ts'
import { answerRelease } from '../producers/answer-release.ts'
import { askRelease } from '../producers/ask-release.ts'
import { readOwnRequests } from './read-own-requests.ts'

test('a producer sees where each of its requests stands and what is missing, at every FMO of its own, and nothing of another producer’s', async () => {
  const [harbor, summit] = [await newFmo(), await newFmo()]
  const [atHarbor, atSummit] = [await newCarrier(harbor), await newCarrier(summit)]
  const maria = await newApplicant(harbor)
  const other = await newApplicant(harbor)
  const alsoMaria = await newLinked(summit.tenant, maria.person)
  await copiedTo(summit.tenant, alsoMaria)
  const [first, second] = [await draft(harbor, atHarbor, maria.linkId), await draft(summit, atSummit, alsoMaria.linkId)]
  const others = await draft(harbor, atHarbor, other.linkId)

  const { requests, carriers, unasked } = await maria.browser.run(readOwnRequests)
  expect(requests.map(({ id }) => id).toSorted()).toEqual([first.id, second.id].toSorted())
  expect(requests[0]).toMatchObject({ kind: 'contract', state: 'draft', states: ['OR'] })
  expect([...new Set(carriers.map(({ id }) => id))].toSorted()).toEqual([atHarbor, atSummit].toSorted())
  expect(unasked).toEqual([])
  expect((await other.browser.run(readOwnRequests)).requests.map(({ id }) => id)).toEqual([others.id])
  expect(await failureOf((await asMember(harbor.tenant)).run(readOwnRequests))).toMatchObject({ code: 'role_required' })
})

test('what a carrier lacks is said before anybody asks it: a licence for its lines, a part of the passport', async () => {
  const fmo = await newFmo()
  await newCarrier(fmo, { states: ['OR'], lines: ['property'] })
  await newCarrier(fmo, { states: ['OR', 'WA'] })
  const unsubmitted = await newLinked(fmo.tenant)
  const { carriers: before } = await unsubmitted.browser.run(readOwnRequests)
  expect(before.map(({ missing }) => missing.map(({ about }) => about))).toEqual([['passport'], ['passport']])
  const { carriers } = await (await newApplicant(fmo)).browser.run(readOwnRequests)
  expect(carriers.map(({ missing }) => missing.map(({ about }) => about)).toSorted()).toEqual([[], ['licence']])
})

test('an FMO that is closing down is named as not to be asked, and the others’ answers stand', async () => {
  const [closing, stays] = [await newFmo(), await newFmo()]
  const carrierId = await newCarrier(stays)
  const applicant = await newLinked(closing.tenant)
  const kept = await newLinked(stays.tenant, applicant.person)
  await copiedTo(stays.tenant, kept)
  const { id } = await draft(stays, carrierId, kept.linkId)
  await (await asOwner(closing.tenant)).runConfirmed((ctx) => closeTenant(ctx, closing.tenant.name))
  const { requests, unasked } = await applicant.browser.run(readOwnRequests)
  expect([requests.map((request) => request.id), unasked]).toEqual([[id], [closing.tenant.name]])
})

test('an employment history and a voided cheque are asked for by name where a carrier wants them, and are there once a version has them', async () => {
  const fmo = await newFmo()
  await newCarrier(fmo, { asksFor: ['employment', 'voided_cheque'] })
  const applicant = await newApplicant(fmo)
  const missing = async () => (await applicant.browser.run(readOwnRequests)).carriers.flatMap((carrier) => carrier.missing.map(({ about }) => about))
  expect(await missing()).toEqual(['employment', 'voided_cheque'])
  const version = await someSnapshot({ number: 2, voidedCheque: await paperOf(applicant.producerId) })
  const employment = [{ employer: 'Harbor', title: 'Producer', from: '2020-02-01', to: null }]
  await copiedTo(fmo.tenant, applicant, { ...version, parts: { ...version.parts, content: { ...version.parts.content, employment } } })
  expect(await missing()).toEqual([])
})

test('an FMO that released its producer tells nothing more', async () => {
  const [fmo, stays] = [await newFmo(), await newFmo()]
  const carrierId = await newCarrier(fmo)
  const applicant = await newApplicant(fmo)
  const kept = await newLinked(stays.tenant, applicant.person)
  await newCarrier(stays)
  await draft(fmo, carrierId, applicant.linkId)
  const { id } = await fmo.admin.run((ctx) => askRelease(ctx, applicant.linkId, { reason: 'We part ways' }))
  await drained(fmo.tenant.id)
  await applicant.browser.run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' }))
  await drained(fmo.tenant.id)
  const { requests, carriers } = await applicant.browser.run(readOwnRequests)
  expect([requests, carriers.map(({ missing }) => missing[0]?.about)]).toEqual([[], ['passport']])
  expect(kept.linkId).not.toBe(applicant.linkId)
})
