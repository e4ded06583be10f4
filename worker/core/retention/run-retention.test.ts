import { exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { upload } from '../../../tests/support/document-scene.ts'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { asMember, asOwner, bindings, drained } from '../../../tests/support/scene.ts'
import wrangler from '../../../wrangler.toml?raw'
import { elsewhere, manifests, sweeps } from '../../modules.ts'
import { noteAuth } from '../identity/auth-log.ts'
import { jobVisit } from '../job.ts'
import { PLATFORM } from '../reach.ts'
import { lastJobRun } from '../tenancy/job-store.ts'
import { trashDocument } from '../documents/trash-document.ts'
import { ensurePlatform } from '../tenancy/create-tenant.ts'
import { inviteMember } from '../tenancy/invite-member.ts'
import { retentionModule } from './module.ts'
import { retentionProbes } from './probes.ts'
import { goOnWithRetention, runRetention } from './run-retention.ts'
import type { Sweep, SweepTerms } from './sweep.ts'
import { coreSweeps } from './sweeps.ts'

const DAY = 86_400_000

/** Who typed what is told apart by the blind index alone: one per test. */
async function authRows(account: string): Promise<string[]> {
  const { results } = await bindings.DIRECTORY.prepare('SELECT kind, at FROM platform_auth_log WHERE account_index = ? ORDER BY at').bind(account).all<{ kind: string }>()
  return results.map(({ kind }) => kind)
}

const retained = async (rule: string, options: { now?: number; budget?: number } = {}) =>
  runRetention(await testParts(options.now), coreSweeps.filter((sweep) => sweep.rule === rule), manifests, options.budget)

test('[IFD-105][IFD-106] successful sign-ins go after 90 days, everything else in the platform log after a year', async () => {
  const parts = await testParts()
  await ensurePlatform(parts.reach.keyring)
  const account = `account of ${parts.now}`
  for (const [kind, days] of [['signed_in', 91], ['signed_in', 89], ['wrong_password', 366], ['wrong_password', 364], ['locked', 366], ['wrong_factor', 91]] as const) {
    await noteAuth(jobVisit({ ...parts, now: parts.now - days * DAY }, 'test'), kind, account)
    await drained(PLATFORM)
  }
  await retained('auth_log.success')
  expect(await authRows(account)).toEqual(['wrong_password', 'locked', 'wrong_password', 'wrong_factor', 'signed_in'])
  await retained('auth_log.failure')
  expect(await authRows(account)).toEqual(['wrong_password', 'wrong_factor', 'signed_in'])
  // What is kept cannot be taken out by hand either.
  await expect(bindings.DIRECTORY.prepare('DELETE FROM platform_auth_log WHERE account_index = ?').bind(account).run()).rejects.toThrow('append_only')
})

test('[CAL-80] the hourly cron is configured, runs every rule, and leaves a row with the counts of each', async () => {
  expect(wrangler).toMatch(/crons = \[.*"0 \* \* \* \*".*\]/)
  const parts = await testParts()
  await ensurePlatform(parts.reach.keyring)
  const { default: worker } = exports as unknown as { default: { scheduled(event: { cron: string; scheduledTime: Date }): Promise<unknown> } } // `as`: typed by the entry file
  await worker.scheduled({ cron: '0 * * * *', scheduledTime: new Date(parts.now) })
  for (const { rule } of sweeps) {
    const run = await parts.reach.directory.read(lastJobRun(parts.reach.directory, `retention ${rule}`))
    expect(run, rule).toMatchObject({ done: expect.any(Number), failed: 0, cursor: null })
    expect(run?.at).toBeGreaterThanOrEqual(parts.now - 60_000)
  }
})

test('every retention rule of every manifest is carried out by a sweep, or by somebody named', () => {
  const rules = manifests.flatMap(({ retention }) => retention.map(({ name }) => name))
  expect(new Set(rules).size).toBe(rules.length)
  for (const rule of rules) expect([...sweeps.map((sweep) => sweep.rule), ...Object.keys(elsewhere)], rule).toContain(rule)
  for (const { rule } of sweeps) expect(rules).toContain(rule)
  expect(retentionModule.retention.map(({ name }) => name)).toEqual(['job_runs'])
})

test('trash is emptied of what is past its time, in every tenant on every shard', async () => {
  const tenants = [await newTenant()]
  while (new Set(tenants.map(({ shard }) => shard)).size < 2) tenants.push(await newTenant()) // a new one goes to the emptier shard
  const left: number[] = []
  for (const tenant of tenants) {
    const member = await asMember(tenant)
    const document = await upload(member)
    await upload(member)
    await tenant.asJob((ctx) => trashDocument(ctx, document.id))
    const shard = bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
    await drained(tenant.id)
    await shard.prepare('UPDATE documents SET due_at = due_at - ? WHERE tenant_id = ? AND state = ?').bind(31 * DAY, tenant.id, 'trashed').run()
  }
  await retained('trashed_documents')
  for (const tenant of tenants) {
    const shard = bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
    left.push((await shard.prepare('SELECT count(*) AS n FROM documents WHERE tenant_id = ?').bind(tenant.id).first<{ n: number }>())?.n ?? -1)
  }
  expect(left).toEqual(tenants.map(() => 1))
})

test('settled messages, spent idempotency keys and old invitations go by their own end; what is open stays', async () => {
  const [tenant, moving] = [await newTenant(), await newTenant()]
  const { now } = await testParts()
  for (const { id, shard } of [tenant, moving]) {
    const db = bindings[shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
    const delivery = db.prepare("INSERT INTO deliveries (tenant_id, id, channel, template, content, seal_version, state, attempts, due_at, created_at) VALUES (?, ?, 'mail', 't', '', 1, ?, 1, ?, 0)")
    const key = db.prepare("INSERT INTO idempotency_keys (tenant_id, id, body_hash, seal_version, created_at, expires_at) VALUES (?, ?, '', 1, 0, ?)")
    const invitation = db.prepare("INSERT INTO invitations (tenant_id, id, contact, seal_version, email_index, role, invited_by, created_at, expires_at) VALUES (?1, ?2, '', 1, ?2, 'member', '', 0, ?3)")
    await db.batch([
      ...(['sent', 'dead', 'dropped', 'queued'] as const).map((state) => delivery.bind(id, `old ${state}`, state, now - 1)),
      delivery.bind(id, 'fresh', 'sent', now + DAY),
      key.bind(id, 'old', now - 1),
      key.bind(id, 'fresh', now + DAY),
      invitation.bind(id, 'old', now - 91 * DAY),
      invitation.bind(id, 'fresh', now - 89 * DAY),
    ])
  }
  const shardOf = ({ shard }: { shard: string }) => bindings[shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  await shardOf(moving).prepare("UPDATE tenant_fence SET state = 'moving' WHERE tenant_id = ?").bind(moving.id).run()
  for (const rule of ['deliveries', 'idempotency', 'invitations']) await retained(rule, { now })
  const left = async (of: { id: string; shard: string }) =>
    (await shardOf(of).prepare('SELECT id FROM deliveries WHERE tenant_id = ?1 UNION ALL SELECT id FROM idempotency_keys WHERE tenant_id = ?1 UNION ALL SELECT id FROM invitations WHERE tenant_id = ?1').bind(of.id).all<{ id: string }>()).results.map(({ id }) => id).sort()
  expect(await left(tenant)).toEqual(['fresh', 'fresh', 'fresh', 'old queued'])
  expect(await left(moving)).toHaveLength(9)
})

test('a run that reaches its budget says where it stopped, and the next one goes on from there', async () => {
  const parts = await testParts()
  await ensurePlatform(parts.reach.keyring)
  const asked: SweepTerms[] = []
  const stops: (string | null)[] = ['half', null, null]
  const sweep: Sweep = { rule: 'job_runs', run: async (_, terms) => ({ done: 1, failed: 0, cursor: stops[asked.push(terms) - 1] ?? null }) }
  for (const later of [0, 1, 2]) {
    await runRetention({ ...parts, now: parts.now + later }, [sweep], manifests, 7)
    await drained(PLATFORM)
  }
  expect(asked.map(({ cursor }) => cursor)).toEqual([null, 'half', null])
  expect(asked[0]).toMatchObject({ budget: 7, keepMs: 365 * DAY })
})

test('a backlog is gone on with by the minute, and only then', async () => {
  const parts = await testParts()
  await ensurePlatform(parts.reach.keyring)
  const ran: string[] = []
  const stops: (string | null)[] = ['half', 'more', null]
  const long: Sweep = { rule: 'platform_deliveries', run: async () => ({ done: ran.push('long'), failed: 0, cursor: stops.shift() ?? null }) }
  const short: Sweep = { rule: 'probe_readings', run: async () => ({ done: ran.push('short'), failed: 0, cursor: null }) }
  const later = (ms: number) => ({ ...parts, now: parts.now + ms })
  await runRetention(later(0), [short, long], manifests)
  for (const ms of [1, 2, 3, 4]) await goOnWithRetention(later(ms), [short, long], manifests)
  expect(ran).toEqual(['short', 'long', 'long', 'long'])
})

test('more than one statement’s worth goes in one run, and no more than the budget', async () => {
  const { now } = await testParts()
  const account = `many of ${now}`
  const rows = Array.from({ length: 1300 }, (_, index) => `('aut_${now}_${index}', ${now - 400 * DAY + index}, 'locked', 'failure', '${account}', 1, 'x')`)
  for (let at = 0; at < rows.length; at += 500) await bindings.DIRECTORY.prepare(`INSERT INTO platform_auth_log (id, at, kind, result, account_index, seal_version, ip_index) VALUES ${rows.slice(at, at + 500).join(', ')}`).run()
  await retained('auth_log.failure', { budget: 700 })
  const { reach } = await testParts()
  expect((await authRows(account)).length).toBeGreaterThanOrEqual(600)
  expect(await reach.directory.read(lastJobRun(reach.directory, 'retention auth_log.failure'))).toMatchObject({ done: 700, cursor: '0' })
  await retained('auth_log.failure')
  expect(await authRows(account)).toEqual([])
})

test('one rule or tenant that fails is counted and holds up nobody else', async () => {
  const parts = await testParts()
  await ensurePlatform(parts.reach.keyring)
  const broken: Sweep = { rule: 'sign_ups', run: () => Promise.reject(new TypeError('Dana Whitlock')) }
  const fine: Sweep = { rule: 'job_runs', run: async () => ({ done: 3, failed: 0, cursor: null }) }
  await runRetention(parts, [broken, fine], manifests)
  const run = (rule: string) => parts.reach.directory.read(lastJobRun(parts.reach.directory, `retention ${rule}`))
  expect([await run('sign_ups'), await run('job_runs')]).toMatchObject([{ done: 0, failed: 1 }, { done: 3, failed: 0 }])
})

test('what is due is found by an index: a table of things that are not due is never walked', async () => {
  const { reach } = await testParts()
  const plans = [
    ['directory', "DELETE FROM platform_auth_log WHERE rowid IN (SELECT platform_auth_log.rowid FROM platform_auth_log WHERE result = 'failure' AND at <= 1 ORDER BY at LIMIT 500)"],
    ['shard', "SELECT deliveries.rowid FROM deliveries INNER JOIN tenant_fence ON tenant_fence.tenant_id = deliveries.tenant_id AND tenant_fence.state = 'open' WHERE deliveries.state = 'sent' AND deliveries.due_at <= 1 ORDER BY deliveries.due_at LIMIT 500"],
    ['shard', 'SELECT idempotency_keys.rowid FROM idempotency_keys INNER JOIN tenant_fence ON tenant_fence.tenant_id = idempotency_keys.tenant_id WHERE expires_at <= 1 ORDER BY expires_at LIMIT 500'],
    ['shard', 'SELECT invitations.rowid FROM invitations INNER JOIN tenant_fence ON tenant_fence.tenant_id = invitations.tenant_id WHERE expires_at <= 1 ORDER BY expires_at LIMIT 500'],
    ['shard', "SELECT DISTINCT tenant_id FROM documents WHERE due_at IS NOT NULL AND due_at <= 1 AND +tenant_id > '' ORDER BY tenant_id LIMIT 50"],
  ] as const
  for (const [place, statement] of plans) {
    const db = place === 'directory' ? bindings.DIRECTORY : reach.shard('SHARD_1')
    const { results } = await db.prepare(`EXPLAIN QUERY PLAN ${statement}`).all<{ detail: string }>()
    const plan = results.map(({ detail }) => detail).join('; ')
    expect(plan, statement).not.toMatch(/\bSCAN (?!CONSTANT)/)
  }
})

test('an invitation of a living tenant is not touched before its time', async () => {
  const tenant = await newTenant()
  await (await asOwner(tenant)).run((ctx) => inviteMember(ctx, { name: 'Ravi Menon', email: 'ravi@harbor.example', role: 'member' }))
  await retained('invitations')
  const shard = bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  expect((await shard.prepare('SELECT count(*) AS n FROM invitations WHERE tenant_id = ?').bind(tenant.id).first<{ n: number }>())?.n).toBe(1)
})

test('the probe passes while the last whole run is fresh and clean, and only then', async () => {
  const parts = await testParts()
  await ensurePlatform(parts.reach.keyring)
  const [probe] = retentionProbes
  const measure = (now: number) => probe!.measure({ ...parts, now, sealedFields: [], knock: async () => new Response() })
  const quiet: Sweep = { rule: 'job_runs', run: async () => ({ done: 2, failed: 0, cursor: null }) }
  await runRetention(parts, [quiet], manifests)
  expect(await measure(parts.now + 60 * 60_000)).toMatchObject({ passed: true, value: '60 min ago, 2 removed, 0 failed' })
  expect(await measure(parts.now + 3 * 60 * 60_000)).toMatchObject({ passed: false })
  await runRetention({ ...parts, now: parts.now + 1 }, [{ ...quiet, run: () => Promise.reject(new TypeError('x')) }], manifests)
  expect(await measure(parts.now + 1)).toMatchObject({ passed: false })
  await runRetention({ ...parts, now: parts.now + 2 }, [quiet], manifests)
})
