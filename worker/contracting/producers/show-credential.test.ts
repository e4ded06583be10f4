import { expect, test } from 'vitest'
import { newFmo, newInvitee, newLinked } from '../../../tests/support/link-scene.ts'
import { asAdmin, asMember, asOwner, bindings, drained, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { holding, stored } from '../../../tests/support/stored.ts'
import type { IssueCredential } from './contract.ts'
import { issueCredential, issuedCredential } from './issue-credential.ts'
import { readFmo } from './read-fmo.ts'
import { readProducer } from './read-producer.ts'
import { revokeCredential } from './revoke-credential.ts'
import { showCredential } from './show-credential.ts'

const login: IssueCredential = { kind: 'portal_login', label: 'Summit Mutual agent portal', value: 'alvarez.maria77', password: 'gossamer-vexillum-9' }

async function scene() {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  const admin = await asAdmin(fmo)
  const { id } = await admin.run((ctx) => issueCredential(ctx, linked.linkId, login))
  await drained(fmo.id)
  return { fmo, linked, admin, id }
}

test('[CIQ-16][CIQ-60] a credential is sealed, listed by its last four, shown to its producer once with a proof, and then to nobody', async () => {
  const begun = Date.now()
  const { fmo, linked, admin, id } = await scene()
  expect(holding(await stored({ since: begun }), [login.value, login.password])).toEqual([])
  const listed = { id, kind: 'portal_login', label: login.label, tail: 'ia77', state: 'waiting' }
  expect((await admin.run((ctx) => readProducer(ctx, linked.linkId))).credentials).toMatchObject([listed])
  expect((await linked.browser.run((ctx) => readFmo(ctx, linked.linkId))).credentials).toMatchObject([listed])
  expect(JSON.stringify(await admin.run((ctx) => issuedCredential(ctx, id)))).not.toMatch(/alvarez\.maria|gossamer/)

  expect(await failureOf(linked.browser.run((ctx) => showCredential(ctx, id)))).toMatchObject({ code: 'step_up_required', mode: 'exact' })
  expect(await linked.browser.runConfirmed((ctx) => showCredential(ctx, id))).toEqual({ id, value: login.value, password: login.password })
  expect(await failureOf(linked.browser.run((ctx) => showCredential(ctx, id)))).toMatchObject({ code: 'already_issued' })
  const shard = bindings[fmo.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  expect(await shard.prepare('SELECT secret FROM issued_credentials WHERE tenant_id = ? AND id = ?').bind(fmo.id, id).first()).toEqual({ secret: null })
  await drained(fmo.id)
  for (const { credentials } of [await admin.run((ctx) => readProducer(ctx, linked.linkId)), await linked.browser.run((ctx) => readFmo(ctx, linked.linkId))]) expect(credentials).toMatchObject([{ state: 'shown' }])
  expect(await entriesOf(fmo.id, 'contracting.credential.issued')).toMatchObject([{ subject: id, actor: { role: 'admin' } }])
  expect(await entriesOf(fmo.id, 'contracting.credential.revealed')).toMatchObject([{ actor: { kind: 'account', id: linked.person.accountId } }])
  expect((await entriesOf(linked.producerId, 'contracting.credential.noted')).map(({ meta }) => meta['state'])).toEqual(['waiting', 'shown'])
})

test('revoked, it is shown to nobody; of a short number a list shows two characters', async () => {
  const { fmo, linked, admin, id } = await scene()
  await admin.run((ctx) => revokeCredential(ctx, id))
  await drained(fmo.id)
  expect(await failureOf(linked.browser.run((ctx) => showCredential(ctx, id)))).toMatchObject({ code: 'gone' })
  expect(await failureOf(admin.run((ctx) => revokeCredential(ctx, id)))).toMatchObject({ code: 'conflict', state: 'revoked_already' })
  expect(await admin.run((ctx) => issueCredential(ctx, linked.linkId, { kind: 'writing_number', label: 'Summit Mutual', value: '55120', password: '' }))).toMatchObject({ tail: '20' })
})

test('another producer, another FMO and a member neither give, see nor revoke one', async () => {
  const { fmo, linked, id } = await scene()
  const anchor = await newFmo('Anchor FMO')
  const stranger = await newLinked(anchor, await newInvitee('Noor Aziz'))
  expect(await failureOf(stranger.browser.run((ctx) => showCredential(ctx, id)))).toMatchObject({ code: 'not_found' })
  expect(await failureOf((await asOwner(anchor)).run((ctx) => revokeCredential(ctx, id)))).toMatchObject({ code: 'not_found' })
  expect(await failureOf((await asOwner(anchor)).run((ctx) => issueCredential(ctx, linked.linkId, login)))).toMatchObject({ code: 'not_found' })
  expect(await failureOf((await asMember(fmo)).run((ctx) => issueCredential(ctx, linked.linkId, login)))).toMatchObject({ code: 'role_required' })
  expect(await failureOf((await asOwner(fmo)).run((ctx) => showCredential(ctx, id)))).toMatchObject({ code: 'not_found' })
  expect(await linked.browser.runConfirmed((ctx) => showCredential(ctx, id))).toMatchObject({ value: login.value })
})
