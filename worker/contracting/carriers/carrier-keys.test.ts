import { beforeAll, expect, test } from 'vitest'
import { CarrierProgram, entryLoaded, type Fmo, issueKey, newCarrier, newFmo, newProgram } from '../../../tests/support/carrier-scene.ts'
import { asMember, asOwner, asStranger, bindings, entriesOf, failureOf, ORIGIN } from '../../../tests/support/scene.ts'
import { stored } from '../../../tests/support/stored.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { issueApiKey } from '../../core/api/issue-api-key.ts'
import { revokeApiKey } from '../../core/api/revoke-api-key.ts'
import { changePolicy } from '../../core/tenancy/change-policy.ts'
import { issueCarrierKey, replaceCarrierKey } from './issue-carrier-key.ts'
import { listCarrierKeys } from './list-carrier-keys.ts'
import { revokeCarrierKey } from './revoke-carrier-key.ts'

const ACTIVITY = '/api/carrier/v1/activity'
const scene = {} as { here: Fmo; there: Fmo }

beforeAll(async () => {
  await entryLoaded()
  Object.assign(scene, { here: await newFmo(), there: await newFmo() })
}, 120_000)

const statusOf = async (program: CarrierProgram): Promise<number> => (await program.fetch(ACTIVITY)).status

test('[CIQ-51] an administrator of the FMO issues a carrier’s key in the portal; a member, a producer, a carrier and another FMO do not', async () => {
  const { here, there } = scene
  const carrierId = await newCarrier(here)
  const json = { label: 'Intake', days: 30 }
  const path = `/api/v1/carriers/${carrierId}/keys`
  const { token } = await issueKey(here, carrierId)
  expect(await statusOf(new CarrierProgram(token))).toBe(200)

  const member = await asMember(here.tenant)
  expect((await member.call(path, { json })).status).toBe(403)
  expect(await failureOf(member.run((ctx) => issueCarrierKey(ctx, carrierId, json)))).toMatchObject({ code: 'role_required' })
  const producer = await asOwner(await newTenant({ kind: 'producer', preset: 'contractiq' }))
  for (const foreign of [there.admin, producer]) expect((await foreign.call(path, { json })).status).toBe(404)
  expect((await new CarrierProgram(token).fetch(path, { json })).status).toBe(401)
  expect((await asStranger().call(path, { json, headers: { Origin: ORIGIN } })).status).toBe(401)
})

test('a policy may leave carriers’ keys to the owner', async () => {
  const fmo = await newFmo()
  const carrierId = await newCarrier(fmo)
  await (await asOwner(fmo.tenant)).run((ctx) => changePolicy(ctx, { version: 1, values: { 'perm.carrier_keys': 'owner' } }))
  expect(await failureOf(fmo.admin.run((ctx) => issueCarrierKey(ctx, carrierId, { label: 'A', days: 1 })))).toMatchObject({ code: 'role_required' })
})

test('the proof is for this carrier, this name and this long', async () => {
  const { here } = scene
  const [one, other] = [await newCarrier(here), await newCarrier(here)]
  const asked = await failureOf(here.admin.run((ctx) => issueCarrierKey(ctx, one, { label: 'A', days: 7 })))
  if (asked?.code === 'step_up_required' && asked.ticket) await here.admin.confirm(asked.ticket)
  for (const [carrier, label, days] of [[other, 'A', 7], [one, 'B', 7], [one, 'A', 8]] as const) expect(await failureOf(here.admin.run((ctx) => issueCarrierKey(ctx, carrier, { label, days })))).toMatchObject({ code: 'step_up_required' })
  expect((await here.admin.run((ctx) => issueCarrierKey(ctx, one, { label: 'A', days: 7 }))).key).toMatchObject({ carrierId: one, label: 'A' })
})

test('[CIQ-37] a carrier’s key counts in the Authorization header only: in an address, a path or a body it is nobody’s, and is told to no log', async () => {
  const { program } = await newProgram(scene.here)
  const { token } = program
  const ask = (path: string, init: RequestInit = {}) => asStranger().through(new Request(`${ORIGIN}${path}`, { redirect: 'manual', ...init }))
  const elsewhere = [
    await ask(`${ACTIVITY}?access_token=${token}`),
    await ask(`${ACTIVITY}?key=${token}`),
    await ask(`/api/carrier/v1/${token}/activity`),
    await ask(ACTIVITY, { headers: { Cookie: `key=${token}` } }),
    await ask(`${ACTIVITY}`, { method: 'POST', body: JSON.stringify({ token }), headers: { 'Content-Type': 'application/json', Origin: ORIGIN } }),
  ]
  expect(elsewhere.map(({ status }) => status)).toEqual([401, 401, 404, 401, 405])
  for (const answer of elsewhere) expect(await answer.text()).not.toContain(token.slice(-40))
  expect(await statusOf(program)).toBe(200)
  const entries = await entriesOf(scene.here.tenant.id, 'contracting.carrier_api.read')
  expect(JSON.stringify(entries)).not.toContain(token.slice(60, 90))
})

test('[CIQ-38] a key is shown once; what is stored of it is a prefix and a hash', async () => {
  const begun = Date.now()
  const { here } = scene
  const { carrierId, program } = await newProgram(here)
  const secret = program.token.split('_').slice(4).join('_').slice(0, 43)
  const places = await stored({ since: begun })
  expect(places.length).toBeGreaterThan(0)
  expect(JSON.stringify(places)).not.toContain(secret)
  const listed = await here.admin.run((ctx) => listCarrierKeys(ctx, carrierId, { limit: 25 }))
  expect(listed.keys).toEqual([expect.objectContaining({ carrierId, state: 'active', prefix: expect.stringMatching(/^cs_cky_….{6}$/) })])
  expect(JSON.stringify(listed)).not.toContain(secret)
})

test('the API shows a key once and answers a repeat with already_issued', async () => {
  const { here } = scene
  const carrierId = await newCarrier(here)
  const call = () => here.admin.call(`/api/v1/carriers/${carrierId}/keys`, { json: { label: 'By program', days: 7 }, headers: { 'Idempotency-Key': `once ${carrierId}` } })
  const { ticket } = (await (await call()).json()) as { ticket: string } // `as`: the problem's extension
  await here.admin.confirm(ticket)
  expect((await call()).status).toBe(201)
  expect(await (await call()).json()).toMatchObject({ status: 409, code: 'already_issued' })
})

test('[CIQ-39] a revoked key is refused from the next call on', async () => {
  const { here } = scene
  const { keyId, program } = await newProgram(here)
  expect(await statusOf(program)).toBe(200)
  const revoked = await here.admin.run((ctx) => revokeCarrierKey(ctx, keyId))
  expect(revoked.state).toBe('revoked')
  expect(await statusOf(program)).toBe(401)
})

test('[CIQ-40] a key is issued anew in the place of a revoked one, or of one in use, and another carrier’s key works throughout', async () => {
  const { here } = scene
  const [a, b] = [await newProgram(here), await newProgram(here)]
  await here.admin.run((ctx) => revokeCarrierKey(ctx, a.keyId))
  expect([await statusOf(a.program), await statusOf(b.program)]).toEqual([401, 200])
  const again = await here.admin.runConfirmed((ctx) => replaceCarrierKey(ctx, a.keyId))
  const second = new CarrierProgram(again.token)
  expect([await statusOf(a.program), await statusOf(second), await statusOf(b.program)]).toEqual([401, 200, 200])
  const third = new CarrierProgram((await here.admin.runConfirmed((ctx) => replaceCarrierKey(ctx, again.key.id))).token)
  expect([await statusOf(second), await statusOf(third), await statusOf(b.program)]).toEqual([401, 200, 200])
  expect((await here.admin.run((ctx) => listCarrierKeys(ctx, a.carrierId, { limit: 25 }))).keys.map(({ state }) => state)).toEqual(['active', 'revoked', 'revoked'])
})

test('another FMO’s key and a workspace key are nowhere for whoever revokes carriers’ keys, and the other way round', async () => {
  const { here, there } = scene
  const { keyId } = await newProgram(there)
  const owner = await asOwner(here.tenant)
  const own = await owner.runConfirmed((ctx) => issueApiKey(ctx, { label: 'Own', scopes: ['members.read'], days: 1 }))
  for (const id of [keyId, own.key.id]) expect(await failureOf(here.admin.run((ctx) => revokeCarrierKey(ctx, id)))).toEqual({ code: 'not_found' })
  const { keyId: mine } = await newProgram(here)
  expect(await failureOf(owner.run((ctx) => revokeApiKey(ctx, mine)))).toEqual({ code: 'not_found' })
})

test('[CIQ-50] no key, a session and a workspace key open nothing of the carriers’ API; a carrier’s key opens nothing else; the database keeps no carrier’s key without its carrier', async () => {
  const { here } = scene
  const owner = await asOwner(here.tenant)
  const workspace = await owner.runConfirmed((ctx) => issueApiKey(ctx, { label: 'Own', scopes: ['members.read', 'documents.read'], days: 1 }))
  const { program, keyId } = await newProgram(here)
  expect([(await asStranger().call(ACTIVITY)).status, (await owner.call(ACTIVITY)).status, await statusOf(new CarrierProgram(workspace.token))]).toEqual([401, 401, 401])
  for (const path of ['/api/v1/members', '/api/v1/documents', '/api/v1/carriers', '/api/v1/audit-entries']) expect((await program.fetch(path)).status, path).toBe(401)
  const shard = bindings[here.tenant.shard as 'SHARD_1'] // `as`: a shard's binding
  await expect(shard.prepare('UPDATE api_keys SET carrier_id = NULL WHERE id = ?').bind(keyId).run()).rejects.toThrow(/CHECK/)
  await expect(shard.prepare("UPDATE api_keys SET carrier_id = 'car_x' WHERE id = ?").bind(workspace.key.id).run()).rejects.toThrow(/CHECK/)
})

test('a token of one kind that says it is of the other is no token', async () => {
  const { program } = await newProgram(scene.here)
  const forged = new CarrierProgram(program.token.replace('cs_cky_', 'cs_key_'))
  expect([await statusOf(forged), (await forged.fetch('/api/v1/members')).status]).toEqual([401, 401])
})

test('[CIQ-58] issuing and revoking stand in the log with the key’s prefix, and never with the key', async () => {
  const { here } = scene
  const { carrierId, keyId, program } = await newProgram(here)
  await here.admin.run((ctx) => revokeCarrierKey(ctx, keyId))
  const said = [...(await entriesOf(here.tenant.id, 'contracting.carrier_key.issued')), ...(await entriesOf(here.tenant.id, 'contracting.carrier_key.revoked'))].filter(({ subject }) => subject === keyId)
  expect(said.map(({ meta }) => meta)).toEqual([{ carrier: carrierId, prefix: expect.stringMatching(/^cs_cky_.{6}$/), days: 30 }, { carrier: carrierId, prefix: expect.stringMatching(/^cs_cky_.{6}$/) }])
  expect(JSON.stringify(said)).not.toContain(program.token.slice(60, 90))
})

test('[CIQ-37] a carrier’s program is limited by the minute, and another carrier’s is not', async () => {
  const fmo = await newFmo()
  await (await asOwner(fmo.tenant)).run((ctx) => changePolicy(ctx, { version: 1, values: { 'rate.api_user': 10 } }))
  const [a, b] = [await newProgram(fmo), await newProgram(fmo)]
  const heard: number[] = []
  for (let n = 0; n < 12; n += 1) heard.push(await statusOf(a.program))
  expect(heard.filter((status) => status === 200)).toHaveLength(10)
  expect(heard.slice(10)).toEqual([429, 429])
  expect(await statusOf(b.program)).toBe(200)
})
