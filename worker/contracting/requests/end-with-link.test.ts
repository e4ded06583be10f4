import { beforeAll, expect, test } from 'vitest'
import { entryLoaded, newFmo } from '../../../tests/support/carrier-scene.ts'
import { draft, newApplication, signedRequest, transmit } from '../../../tests/support/request-scene.ts'
import { drained, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { answerRelease } from '../producers/answer-release.ts'
import { askRelease } from '../producers/ask-release.ts'
import { readRequest } from './read-request.ts'

beforeAll(entryLoaded, 120_000)

test('with a release end the requests that no carrier is looking at; what was handed over stays in its carrier’s hands, as it was', async () => {
  const fmo = await newFmo()
  const application = await newApplication(fmo)
  const { linkId } = application.applicant
  const [drafted, signed] = [await draft(fmo, application.carrierId, linkId), await signedRequest(fmo, application.carrierId, linkId)]
  const { id } = await fmo.admin.run((ctx) => askRelease(ctx, linkId, { reason: 'We part ways' }))
  await drained(fmo.tenant.id)
  await application.applicant.browser.run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' }))
  await drained(fmo.tenant.id)

  const read = (request: string) => fmo.admin.run((ctx) => readRequest(ctx, request))
  for (const request of [drafted.id, signed.id]) expect(await read(request)).toMatchObject({ state: 'terminated', may: [], documents: [], timeline: expect.arrayContaining([expect.objectContaining({ state: 'terminated', reason: 'The producer was released.' })]) })
  expect((await entriesOf(fmo.tenant.id, 'contracting.request.ended')).map(({ meta }) => meta['by'])).toEqual(['release', 'release'])
  expect(await failureOf(transmit(fmo, signed.id))).toMatchObject({ code: 'conflict' })

  expect((await read(application.id)).state).toBe('transmitted')
  const { data } = await application.program.client.GET('/api/carrier/v1/applications/{applicationId}', { params: { path: { applicationId: application.id } } })
  expect(data?.applicant.contact.name).toMatchObject({ first: 'Maria', last: 'Alvarez' })
})
