import { expect, test } from 'vitest'
import { newFmo, newLinked } from '../../../tests/support/link-scene.ts'
import { asAdmin, failureOf } from '../../../tests/support/scene.ts'
import { Fault } from '../../core/failure.ts'
import { askFmos } from './ask-fmos.ts'
import { linkedNames } from './linked-names.ts'

test('a producer asks each of its FMOs at its own end of the link; one that is away leaves the others’ answers whole', async () => {
  const [harbor, summit] = [await newFmo('Harbor FMO'), await newFmo('Summit FMO')]
  const [atHarbor, other] = [await newLinked(harbor), await newLinked(harbor)]
  const atSummit = await newLinked(summit, atHarbor.person)
  const asked = await atHarbor.browser.run((ctx) => askFmos(ctx, async (fmo, linkId) => [fmo.tenant.id, linkId]))
  expect(asked).toEqual([{ fmo: 'Harbor FMO', told: [harbor.id, atHarbor.linkId] }, { fmo: 'Summit FMO', told: [summit.id, atSummit.linkId] }])
  const away = await atHarbor.browser.run((ctx) => askFmos(ctx, async (fmo) => (fmo.tenant.id === harbor.id ? Promise.reject(new Fault({ code: 'unavailable', reason: 'away' })) : 'here')))
  expect(away.map(({ told }) => told)).toEqual([null, 'here'])
  expect(await other.browser.run((ctx) => askFmos(ctx, async (fmo) => fmo.tenant.id))).toEqual([{ fmo: 'Harbor FMO', told: harbor.id }])
  expect(await failureOf(atHarbor.browser.run((ctx) => askFmos(ctx, async () => Promise.reject(new Fault({ code: 'conflict', state: 'odd', detail: 'Odd.' })))))).toMatchObject({ code: 'conflict' })
})

test('an FMO’s producers by name are its own', async () => {
  const [harbor, summit] = [await newFmo(), await newFmo()]
  const [first, second] = [await newLinked(harbor), await newLinked(harbor)]
  const names = await (await asAdmin(harbor)).run((ctx) => linkedNames(ctx, 10))
  expect(names.map(({ id }) => id).toSorted()).toEqual([first.linkId, second.linkId].toSorted())
  expect(names[0]?.name).toBe('Maria Alvarez')
  expect(await (await asAdmin(summit)).run((ctx) => linkedNames(ctx, 10))).toEqual([])
})
