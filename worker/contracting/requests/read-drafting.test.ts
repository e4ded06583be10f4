import { expect, test } from 'vitest'
import { newCarrier, newFmo } from '../../../tests/support/carrier-scene.ts'
import { newApplicant } from '../../../tests/support/request-scene.ts'
import { asMember, asViewer, failureOf } from '../../../tests/support/scene.ts'
import { readDrafting } from './read-drafting.ts'

test('a new request is offered the FMO’s own carriers and producers, and nobody else’s', async () => {
  const [here, there] = [await newFmo(), await newFmo()]
  const [carrierId, { linkId }] = [await newCarrier(here), await newApplicant(here)]
  await newCarrier(there)
  await newApplicant(there)
  const { carriers, producers } = await (await asMember(here.tenant)).run(readDrafting)
  expect([carriers.map(({ id }) => id), producers.map(({ id }) => id)]).toEqual([[carrierId], [linkId]])
  expect(await failureOf((await asViewer(here.tenant)).run(readDrafting))).toMatchObject({ code: 'role_required' })
})
