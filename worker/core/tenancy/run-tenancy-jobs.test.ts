import { expect, test } from 'vitest'
import { newAccount, newTenant, testParts, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, bindings, drained, entriesOf, failureOf, reachNow, replaced, signedIn } from '../../../tests/support/scene.ts'
import { upload } from '../../../tests/support/document-scene.ts'
import { stored } from '../../../tests/support/stored.ts'
import { jobVisit } from '../job.ts'
import { newIsolate, reachOf } from '../reach.ts'
import { toBase64, toBase64Url } from '../vault/bytes.ts'
import { must } from '../vault/fault.ts'
import { readKeks } from '../vault/kek.ts'
import { rootPath } from '../vault/key-path.ts'
import { parseWrapped, unwrapRoot } from '../vault/wrap.ts'
import type { KeyBucket } from '../vault/key-bucket.ts'
import { createRoots, loadRoot, rootVersions } from '../vault/keyring.ts'
import { newId } from '../id.ts'
import { createTenant } from './create-tenant.ts'
import { listMembers } from './list-members.ts'
import { tenancyModule } from './module.ts'
import { readKeys } from './read-keys.ts'
import { dueKeyWork, keepKeys } from './keep-keys.ts'
import { kekStatus, rotateKek } from './rotate-kek.ts'
import { runTenancyJobs } from './run-tenancy-jobs.ts'
import { sealedTables } from './sweep-seal-root.ts'

const DAY_MS = 86_400_000

/** What was due for this tenant, and is done now. */
async function keyWork(tenant: TestTenant, now: number): Promise<string[]> {
  const parts = await testParts(now)
  const due = (await dueKeyWork(parts, tenant.shard, 100_000)).filter(({ tenantId }) => tenantId === tenant.id)
  for (const work of due) await keepKeys(parts, sealedTables([tenancyModule]), work)
  return due.map(({ what }) => what)
}

/** A bucket within a bucket: what is wrapped again here is no other test's. */
function inFolder(bucket: R2Bucket, folder: string): KeyBucket {
  return {
    get: (key) => bucket.get(folder + key),
    put: (key, value, options) => bucket.put(folder + key, value, options) as Promise<R2Object | null>,
    delete: (keys) => bucket.delete([keys].flat().map((key) => folder + key)),
    list: async ({ prefix, limit, startAfter }) => {
      const page = await bucket.list({ prefix: folder + prefix, ...(limit ? { limit } : {}), ...(startAfter ? { startAfter: folder + startAfter } : {}) })
      return { truncated: page.truncated, objects: page.objects.map(({ key }) => ({ key: key.slice(folder.length) })) }
    },
  }
}

const cron = async (now?: number) => runTenancyJobs({ ...(await testParts(now)), drain: drained, sealed: sealedTables([tenancyModule]) })
const sealVersions = async (tenant: TestTenant) => rootVersions((await reachNow()).keyring, tenant.id, 'seal')

test('[CIQ-25] past the period of the policy the seal root rotates by itself, the log says so, and the keys page names the next time', async () => {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  const start = (await owner.run((ctx) => readKeys(ctx))).nextRotationAt ?? 0
  await drained(tenant.id)
  expect(await keyWork(tenant, start - 1)).toEqual([])
  expect(await keyWork(tenant, start)).toEqual(['rotate'])
  expect(await sealVersions(tenant)).toEqual([1, 2])
  expect(await entriesOf(tenant.id, 'core.key')).toMatchObject([{ actor: { kind: 'system', id: 'rotate-keys' }, meta: { reason: 'schedule', version: 2 } }, { meta: { version: 2, rows: 1 } }])
  const later = await signedIn(tenant.owner, tenant.id, { now: start })
  const view = await later.run((ctx) => readKeys(ctx), start)
  expect(view.nextRotationAt).toBe(start + 90 * DAY_MS)
  expect(view.rotations).toMatchObject([{ toVersion: 2, state: 'done', total: 1, moved: 1 }])
  expect((await later.run((ctx) => listMembers(ctx, { limit: 5 }), start)).members[0]?.name).toBe('Olga Owner')

  expect(await keyWork(tenant, start + 35 * DAY_MS - 1)).toEqual([])
  expect(await keyWork(tenant, start + 35 * DAY_MS)).toEqual(['destroy'])
  expect(await sealVersions(tenant)).toEqual([2])
  const end = start + 36 * DAY_MS
  const still = await signedIn(tenant.owner, tenant.id, { now: end })
  expect((await still.run((ctx) => listMembers(ctx, { limit: 5 }), end)).members).toHaveLength(1)
  expect((await still.run((ctx) => readKeys(ctx), end)).lostRestores).toEqual([{ version: 1, before: start }])
})

test('the keys page says which roots stand still and why, to the owner and admins with a recent proof', async () => {
  const tenant = await newTenant()
  const view = await (await asAdmin(tenant)).run((ctx) => readKeys(ctx))
  expect(view.roots.map(({ root, standsStill }) => [root, standsStill !== null])).toEqual([['seal', false], ['index', true], ['token', true], ['audit', true]])
  expect(view).toMatchObject({ mayRotate: false, mayDestroy: false, rotateDays: 90 })
  expect(await failureOf((await asMember(tenant)).run((ctx) => readKeys(ctx)))).toMatchObject({ code: 'role_required' })
  expect(await failureOf((await asOwner(tenant, { proven: false })).run((ctx) => readKeys(ctx)))).toMatchObject({ code: 'step_up_required' })
})

test('a newer key-encryption key wraps every root again, resumes where it stopped, and the older secret may then go', async () => {
  const parts = await testParts()
  const apart = `kek-${parts.now}/`
  const bucket = inFolder(bindings.KEYS, apart)
  const secrets = { KEK_1: btoa('o'.repeat(32)), KEK_7: btoa('n'.repeat(32)) }
  const tenants = Array.from({ length: 60 }, () => newId('ten', parts.now))
  for (const tenant of tenants) await createRoots({ bucket, keks: await readKeks({ KEK_1: secrets.KEK_1 }) }, tenant)
  const visit = jobVisit(parts, 'rotate-kek')
  const rotating = { ...visit, reach: replaced(parts.reach, 'keyring', { bucket, keks: await readKeks(secrets) }) }
  expect(await rotateKek(rotating)).toBe(false)
  expect(await kekStatus(rotating)).toMatchObject({ newest: 7, present: [1, 7], complete: false, rewrapped: 200 })
  expect(await rotateKek(rotating)).toBe(true)
  // An isolate of the deployment before still makes a tenant under the older key.
  await createRoots({ bucket, keks: await readKeks({ KEK_1: secrets.KEK_1 }) }, newId('ten', parts.now))
  expect(await rotateKek(rotating)).toBe(false)
  expect(await kekStatus(rotating)).toMatchObject({ complete: false, rewrapped: 240 })
  const hourLater = { ...rotating, now: rotating.now + 3_600_000 }
  expect(await rotateKek(hourLater)).toBe(false)
  expect(await rotateKek(hourLater)).toBe(true)
  expect(await rotateKek(hourLater)).toBe(true)
  expect(await kekStatus(hourLater)).toMatchObject({ complete: true, rewrapped: 244, seen: 244 })
  const alone = { bucket, keks: await readKeks({ KEK_7: secrets.KEK_7 }) }
  for (const tenant of [tenants[0], tenants.at(-1)]) await loadRoot(alone, { tenant: tenant ?? '', root: 'audit', version: 1 })
})

test('[CIQ-26] no root, wrapped or not, lies in a database or beside the documents, and a wrapped one opens with the Worker’s secret alone', async () => {
  const begun = Date.now()
  const tenant = await newTenant()
  const id = { tenant: tenant.id, root: 'seal', version: 1 } as const
  const wrapped = must(parseWrapped((await (await bindings.KEYS.get(rootPath(id)))?.text()) ?? ''))
  const root = must(await unwrapRoot(await readKeks(bindings), id, wrapped))
  const hex = [...root].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const forbidden = [wrapped.sealed, toBase64(root), toBase64Url(root), hex, hex.toUpperCase(), bindings.KEK_1, bindings.KEK_2 ?? bindings.KEK_1, bindings.SESSION_MAC_KEY]
  await upload(await asOwner(tenant))
  const everything = await stored({ buckets: ['DOCUMENTS', 'AUDIT'], since: begun })
  for (const beginning of ['DIRECTORY.accounts', 'SHARD_1.members', 'SHARD_2.members', `DOCUMENTS/${tenant.id}`]) expect(everything.some(({ place, text }) => place.startsWith(beginning) && text.length > 0), beginning).toBe(true)
  expect(everything.flatMap(({ place, text }) => (forbidden.some((each) => text.includes(each)) ? [place] : []))).toEqual([])
  expect((await stored({ buckets: ['KEYS'], since: begun })).some(({ text }) => text.includes(wrapped.sealed))).toBe(true)
  const stranger = await reachOf({ ...bindings, KEK_1: btoa('x'.repeat(32)), KEK_2: btoa('y'.repeat(32)) }, newIsolate())
  await expect(stranger.vault(tenant.id, 1, 0).index('a', 'b')).rejects.toMatchObject({ reason: 'root_refused' })
})

test('what was begun and left behind is completed where it was complete, and cleared away where it was not', async () => {
  const parts = await testParts()
  const input = { name: 'Left', kind: 'agency', preset: 'combined' } as const
  const kill = () => Promise.reject(new Error('killed'))
  const visit = jobVisit(parts, 'test')
  const [early, late] = [await newAccount('Early'), await newAccount('Late')]
  const away = replaced(parts.reach, 'tenantDb', () => {
    throw new Error('killed')
  })
  await expect(createTenant({ ...visit, reach: away }, { ...input, owner: early })).rejects.toThrow('killed')
  const counted = { n: 0 }
  const once: typeof visit.commitDirectory = (...args) => ((counted.n += 1) > 1 ? kill() : visit.commitDirectory(...args))
  await expect(createTenant({ ...visit, commitDirectory: once }, { ...input, owner: late })).rejects.toThrow('killed')
  const states = async () => (await bindings.DIRECTORY.prepare('select a.account_id as a, t.state as s from tenants t join account_tenants a on a.tenant_id = t.id where a.account_id in (?, ?)').bind(early.accountId, late.accountId).all<{ a: string; s: string }>()).results
  await cron(parts.now + 1000)
  expect(await states()).toHaveLength(2)
  await cron(parts.now + 6 * 60_000)
  expect(await states()).toEqual([{ a: late.accountId, s: 'open' }])
  expect(await (await signedIn(late, null)).run(async (ctx) => ctx.actor.kind === 'member' && ctx.actor.role)).toBe('owner')
})
