import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { asOwner, bindings, drained, failureOf, signedIn } from '../../../tests/support/scene.ts'
import { manifests } from '../../modules.ts'
import { changeRole } from '../tenancy/change-role.ts'
import { memberDemoted, memberRoleChanged } from '../tenancy/module.ts'

/** Every event that goes through while the log lags, and why refusing it would do harm. Every other one waits, with 503. */
const urgent: Record<string, string> = {
  'core.session.closed': 'a sign-out or revocation',
  'core.session.all_closed': 'a revocation',
  'core.account.locked': 'a lock takes away; nobody could be turned away at sign-in without it',
  'core.account.closed': 'ends every session and membership',
  'core.account.forgotten': 'a purge',
  'core.account.not_me': 'ends every session',
  'core.password.changed': 'ends every other session, and the guard has decided it',
  'core.password.reset': 'ends every session, and the link is spent',
  'core.email.disputed': 'ends every session and locks',
  'core.email.changed': 'puts a disputed address back, or carries through what the guard decided',
  'core.factor.disabled': 'a factor is revoked',
  'core.identity.unlinked': 'a way in is revoked',
  'core.mail.queued': 'tells somebody what has happened to its account already',
  'core.auth_log.recorded': 'notes what has happened at the door already; people sign in while only this log lags',
  'core.member.removed': 'a revocation',
  'core.member.left': 'a revocation',
  'core.invitation.revoked': 'a revocation',
  'core.api_key.revoked': 'a revocation',
  'core.hook_connection.revoked': 'a revocation',
  'calls.ams.revoked': 'a revocation',
  'calls.ams_credentials.read': 'they were opened already; unrecorded nobody would know',
  'calls.leaderboard.left': 'an opt-out',
  'core.assistant.removed': 'a revocation',
  'core.assistant.asked': 'it was asked already; unrecorded nobody would know what left',
  'core.hook.passed': 'notes what a sender has said already; refused, it would say it again and again',
  'calls.call.heard': 'notes what a dialler has said already; refused, the call would be lost',
  'calls.call.handing': 'a call is purged only once it was handed over',
  'calls.call.synced': 'the AMS has it already; unrecorded it would be sent again',
  'calls.call.deferred': 'it was tried already; unrecorded it would be tried without end',
  'calls.call.died': 'it was tried already; unrecorded it would be tried without end',
  'calls.call.unknown': 'it was tried already; unrecorded it could be sent twice',
  'calls.call.no_ams': 'it was looked at already; unrecorded it would be looked at without end',
  'calls.call.hastened': 'a call is purged only once it was handed over',
  'calls.call.purging': 'a purge',
  'calls.call.purged': 'a purge',
  'calls.call.lost': 'a purge',
  'contracting.carrier_key.revoked': 'a revocation',
  'contracting.carrier_api.read': 'notes what a carrier’s program was answered already',
  'core.seat.taken': 'carries a revocation to the directory',
  'core.tenant.sessions_ended': 'ends every session in the tenant',
  'core.tenant.closing_announced': 'ends all access',
  'core.tenant.closing': 'carries it to the directory',
  'core.tenant.destroyed': 'a purge',
  'core.tenant.move_given_up': 'gives a tenant back to the shard it lives on: its fence stands closed until then',
  'core.key.destroyed': 'a purge',
  'core.document.purged': 'a purge',
  'core.document.abandoned': 'a purge',
  'core.retention.ran': 'a purge',
  'core.auth_log.floor_raised': 'a purge',
  'core.audit.personal_erased': 'a purge',
  'core.integrity.failed': 'an alarm: nothing was shown, and somebody must hear of it',
  'contracting.calendar_feed.ended': 'a revocation',
  'core.delivery.sent': 'it left already; unrecorded it would be sent again',
  'core.delivery.deferred': 'it was tried already; unrecorded it would be tried without end',
  'core.delivery.died': 'it was tried already; unrecorded it would be tried without end',
  'contracting.invitation.revoked': 'a revocation',
  'contracting.release.issued': 'takes an FMO’s access away',
  'contracting.copy.destroyed': 'a purge',
  'contracting.producer.gone': 'takes an FMO’s access away',
  'contracting.fmo.unlinked': 'carries a release to the producer',
  'contracting.credential.revoked': 'a revocation',
  'core.delivery.dropped': 'an opt-out, or what is no longer wanted',
}

test('what takes away, purges or notes what has happened already goes through a lagging log, and nothing else does', () => {
  const declared = manifests.flatMap(({ events }) => events)
  expect(declared.filter((event) => event.urgent).map(({ eventName }) => eventName).toSorted()).toEqual(Object.keys(urgent).toSorted())
  expect([memberDemoted, memberRoleChanged].map(({ eventName, urgent }) => [eventName, urgent])).toEqual([['core.member.role_changed', true], ['core.member.role_changed', false]])
})

test('while a tenant’s log lags somebody is demoted there, nobody is promoted, and another tenant notices nothing', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const [owner, person, theirs] = [await asOwner(tenant), await tenant.someone('member'), await other.someone('member')]
  await drained(tenant.id)
  const at = (await testClock()) - 20 * 60_000
  const shard = bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  await shard.batch([
    shard.prepare('UPDATE tenant_fence SET event_n = event_n + 1 WHERE tenant_id = ?').bind(tenant.id),
    shard.prepare("INSERT INTO outbox (tenant_id, n, id, body, mac, seal_version, at, urgent) SELECT tenant_id, event_n, 'evt_lag', '{}', '', seal_version, ?, 1 FROM tenant_fence WHERE tenant_id = ?").bind(at, tenant.id),
  ])
  expect(await failureOf(owner.run((ctx) => changeRole(ctx, { memberId: person.memberId, role: 'admin' })))).toMatchObject({ code: 'audit_lagging' })
  expect(await failureOf((await asOwner(other)).run((ctx) => changeRole(ctx, { memberId: theirs.memberId, role: 'admin' })))).toBeNull()
  await owner.run((ctx) => changeRole(ctx, { memberId: person.memberId, role: 'viewer' }))
  expect(await (await signedIn(person, tenant.id)).run(async (ctx) => ctx.actor.kind === 'member' && ctx.actor.role)).toBe('viewer')
})
