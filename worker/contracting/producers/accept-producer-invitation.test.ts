import { expect, test } from 'vitest'
import { invitedBy, inTenant, newFmo, newInvitee, newLinked } from '../../../tests/support/link-scene.ts'
import { asAdmin, bindings, drained, entriesOf, failureOf, reachNow } from '../../../tests/support/scene.ts'
import { tenantsOf } from '../../core/identity/store.ts'
import { acceptProducerInvitation } from './accept-producer-invitation.ts'
import { listFmos } from './list-fmos.ts'
import { listProducers } from './list-producers.ts'
import { readProducerInvitation } from './read-producer-invitation.ts'

test('[CIQ-14] whoever accepts gets a tenant of its own, and a link stands in both tenants and both logs', async () => {
  const fmo = await newFmo()
  const { producerId, linkId, person, browser } = await newLinked(fmo)
  const seat = await inTenant(producerId, async (ctx) => ctx.tenant)
  expect(seat).toMatchObject({ kind: 'producer', name: 'My passport' }) // a tenant’s name stands in clear: it is nobody’s
  expect(await browser.run(listFmos)).toMatchObject({ fmos: [{ id: linkId, name: 'Harbor FMO', state: 'active', copiedNumber: null }] })
  expect((await (await asAdmin(fmo)).run((ctx) => listProducers(ctx, { state: 'active', limit: 25 }))).producers).toMatchObject([{ id: linkId, name: person.name, email: person.email, passport: null }])
  const [sent] = await entriesOf(fmo.id, 'contracting.invitation.sent')
  const [accepted] = await entriesOf(fmo.id, 'contracting.invitation.accepted')
  expect([sent?.subject, accepted?.actor.id, accepted?.meta]).toEqual([accepted?.subject, person.accountId, { link: linkId, producer: producerId }])
  expect(await entriesOf(producerId, 'contracting.fmo.linked')).toMatchObject([{ subject: linkId, meta: { fmo: fmo.id } }])
})

test('who is invited by a second FMO keeps its one tenant; neither FMO sees the other’s link', async () => {
  const [harbor, anchor] = [await newFmo('Harbor FMO'), await newFmo('Anchor FMO')]
  const first = await newLinked(harbor)
  const second = await newLinked(anchor, first.person)
  expect(second.producerId).toBe(first.producerId)
  expect((await second.browser.run(listFmos)).fmos.map(({ name }) => name).sort()).toEqual(['Anchor FMO', 'Harbor FMO'])
  const seen = async (fmo: typeof harbor) => (await (await asAdmin(fmo)).run((ctx) => listProducers(ctx, { state: 'active', limit: 25 }))).producers.map(({ id }) => id)
  expect([await seen(harbor), await seen(anchor)]).toEqual([[first.linkId], [second.linkId]])
})

test('an invitation works once, whoever of many at once is first', async () => {
  const fmo = await newFmo()
  const [one, other] = [await newInvitee(), await newInvitee('Noor Aziz')]
  const token = await invitedBy(fmo, one)
  const tries = await Promise.all([one, other, one, other].map(({ browser }) => failureOf(browser.runAsAccount((account) => acceptProducerInvitation(account, token)))))
  expect(tries.filter((failure) => failure === null)).toHaveLength(1)
  await drained(fmo.id)
  expect(await failureOf(one.browser.runAsAccount((account) => readProducerInvitation(account, token)))).toMatchObject({ code: 'gone' })
  expect((await fmo.asJob((ctx) => listProducers(ctx, { state: 'active', limit: 25 }))).producers).toHaveLength(1)
})

test('a token that was altered, or is another FMO’s, opens nothing and makes nobody a tenant', async () => {
  const [harbor, anchor] = [await newFmo('Harbor FMO'), await newFmo('Anchor FMO')]
  const invitee = await newInvitee()
  const token = await invitedBy(harbor, invitee)
  const altered = [token.replace(harbor.id, anchor.id), `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, 'cs_piv_nothing', token.replace('cs_piv', 'cs_inv')]
  for (const each of altered) expect(await failureOf(invitee.browser.runAsAccount((account) => acceptProducerInvitation(account, each)))).toMatchObject({ code: 'malformed' })
  const { directory } = await reachNow()
  expect(await directory.read(tenantsOf(directory, invitee.accountId))).toEqual([])
})

test('two who work together already get no second link, and no key is left of the try', async () => {
  const fmo = await newFmo()
  const { person } = await newLinked(fmo)
  const again = await invitedBy(fmo, { name: 'M. Alvarez', email: `second.${person.email}` })
  expect(await failureOf(person.browser.runAsAccount((account) => acceptProducerInvitation(account, again)))).toMatchObject({ code: 'conflict', state: 'linked_already' })
  expect((await bindings.KEYS.list({ prefix: `salts/${fmo.id}/link/` })).objects).toHaveLength(1)
})
