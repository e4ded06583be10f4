import { expect, test } from 'vitest'
import { newFmo, newInvitee, newLinked } from '../../../tests/support/link-scene.ts'
import { oregon, saved, submitted, wholePassport } from '../../../tests/support/producer-scene.ts'
import { asAdmin, drained, entriesOf } from '../../../tests/support/scene.ts'
import { addLicence } from '../passport/add-licence.ts'
import { listProducers } from './list-producers.ts'
import { openCopyForPacket } from './open-copy.ts'
import { readCopiedSummary } from './read-producer.ts'

const passportAt = async (fmo: Awaited<ReturnType<typeof newFmo>>) => (await (await asAdmin(fmo)).run((ctx) => listProducers(ctx, { state: 'active', limit: 5 }))).producers[0]?.passport ?? null

/** The followers of a follower's own event run with the next drain. */
async function settled(...tenants: readonly string[]): Promise<void> {
  for (const _ of [1, 2]) for (const tenant of tenants) await drained(tenant)
}

test('[CIQ-07] what a producer submits reaches every FMO it works with: gates read it in clear, a packet gets it whole', async () => {
  const [harbor, anchor, cove] = [await newFmo(), await newFmo('Anchor FMO'), await newFmo('Cove FMO')]
  const person = await newInvitee()
  const [atHarbor, atAnchor] = [await newLinked(harbor, person), await newLinked(anchor, person)]
  const { browser, producerId } = atHarbor
  await browser.run((ctx) => saved(ctx, wholePassport))
  await browser.run((ctx) => addLicence(ctx, oregon))
  await settled(producerId, harbor.id, anchor.id)
  expect([await passportAt(harbor), await passportAt(anchor)]).toEqual([null, null]) // a draft is nobody’s but its producer’s
  await browser.run(submitted)
  await settled(producerId, harbor.id, anchor.id)
  for (const fmo of [harbor, anchor]) expect(await passportAt(fmo)).toMatchObject({ number: 1, ssnLast4: '9999', coverCarrier: 'Lantern Casualty' })
  expect(await harbor.asJob((ctx) => readCopiedSummary(ctx, atHarbor.linkId))).toMatchObject({ producerId, passport: { number: 1 }, licences: [{ state: 'OR', status: 'active', resident: true }] })
  expect((await anchor.asJob((ctx) => openCopyForPacket(ctx, atAnchor.linkId, 'Filling a form'))).snapshot.parts).toMatchObject({ secret: { ssn: '219099999', routing: '021000021' }, content: { licences: [{ number: oregon.number }] } })
  expect((await entriesOf(producerId, 'contracting.passport.copied')).map(({ meta }) => meta['fmo']).toSorted()).toEqual([harbor.id, anchor.id].toSorted())
  expect(await passportAt(cove)).toBeNull()

  await browser.run((ctx) => saved(ctx, { tax: { ssn: '219098888', forget: [] } }))
  await browser.run(submitted)
  await settled(producerId, harbor.id, anchor.id)
  for (const fmo of [harbor, anchor]) expect(await passportAt(fmo)).toMatchObject({ number: 2, ssnLast4: '8888' })
  const newcomer = await newLinked(cove, person)
  await settled(newcomer.producerId, cove.id)
  expect(await passportAt(cove)).toMatchObject({ number: 2, ssnLast4: '8888' })
})
