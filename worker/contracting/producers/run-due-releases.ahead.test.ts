import { expect, test } from 'vitest'
import { testClock } from '../../../tests/support/clock.ts'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { copiedTo, newFmo, newInvitee, newLinked } from '../../../tests/support/link-scene.ts'
import { asAdmin, asOwner, drained, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { askRelease } from './ask-release.ts'
import { readFmo } from './read-fmo.ts'
import { readProducer } from './read-producer.ts'
import { runDueReleases } from './run-due-releases.ts'

const DAY = 86_400_000

test('[CIQ-15] a release that nobody answers is granted at its deadline and not a day before, whoever asked', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const [one, other] = [await newLinked(harbor), await newLinked(anchor)]
  for (const [fmo, linked] of [[harbor, one], [anchor, other]] as const) await copiedTo(fmo, linked)
  await one.browser.run((ctx) => askRelease(ctx, one.linkId, { reason: 'Moving away' }))
  await (await asAdmin(anchor)).run((ctx) => askRelease(ctx, other.linkId, { reason: 'No business for a year' }))
  const now = await testClock()
  const later = await newLinked(harbor, await newInvitee('Noor Aziz'))
  await harbor.asJob((ctx) => askRelease(ctx, later.linkId, { reason: 'Three days after her' }), now + 3 * DAY)
  await runDueReleases(await testParts(now + 13 * DAY))
  for (const [fmo, { linkId }] of [[harbor, one], [anchor, other]] as const) expect(await failureOf((await asOwner(fmo)).run((ctx) => readProducer(ctx, linkId)))).toBeNull()
  await runDueReleases(await testParts(now + 15 * DAY))
  expect(await failureOf((await asOwner(harbor)).run((ctx) => readProducer(ctx, later.linkId)))).toBeNull()
  for (const [fmo, { linkId, producerId, browser }] of [[harbor, one], [anchor, other]] as const) {
    expect(await failureOf((await asOwner(fmo)).run((ctx) => readProducer(ctx, linkId)))).toMatchObject({ code: 'not_found' })
    await drained(fmo.id)
    await drained(producerId)
    expect(await entriesOf(fmo.id, 'contracting.release.issued')).toMatchObject([{ actor: { kind: 'system' }, meta: { by: 'deadline' } }])
    expect(await browser.run((ctx) => readFmo(ctx, linkId))).toMatchObject({ fmo: { state: 'ended' }, releases: [{ state: 'released', answeredBy: 'deadline' }] })
  }
})
