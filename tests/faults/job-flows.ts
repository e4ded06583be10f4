import { vi } from 'vitest'
import { deliverDue } from '../../worker/core/delivery/deliver-due.ts'
import { purgeDocuments } from '../../worker/core/documents/purge-documents.ts'
import type { Env } from '../../worker/core/env.ts'
import { runJob } from '../../worker/core/job.ts'
import { closeTenant } from '../../worker/core/tenancy/close-tenant.ts'
import { destroyTenant } from '../../worker/core/tenancy/destroy-tenant.ts'
import { inviteMember } from '../../worker/core/tenancy/invite-member.ts'
import { moveTenant } from '../../worker/core/tenancy/move-tenant.ts'
import { rotateSealRoot } from '../../worker/core/tenancy/rotate-seal-root.ts'
import { sealedTables, sweepSealRoot } from '../../worker/core/tenancy/sweep-seal-root.ts'
import { mailTemplates, manifests } from '../../worker/modules.ts'
import { wake } from '../../worker/wake.ts'
import { DAY, MINUTE } from '../support/account-scene.ts'
import { testClock } from '../support/clock.ts'
import { newTenant, testParts } from '../support/new-tenant.ts'
import { asOwner, bindings, drained, reachNow, replaced } from '../support/scene.ts'
import { Home } from '../tenancy/home.ts'
import { worked } from './act.ts'
import { countOf, eventsSoFar } from './events-so-far.ts'
import { faultyFetch } from './faulty-env.ts'
import type { Flow } from './flow.ts'
import { shardOf } from './invariants.ts'
import { documentsOf, rootsOf } from './stored-objects.ts'

/** What alarms and crons do, for one tenant each. */
export const jobFlows: readonly Flow[] = [
  {
    name: 'drain an outbox',
    begin: async (home) => {
      const { tenant } = home
      await drained(tenant.id)
      const before = await countOf(tenant.id, 'core.member.invited')
      // Nobody is woken: the log is drained by this flow alone.
      const parts = await testParts()
      const silent = { ...parts, reach: replaced(parts.reach, 'chain', replaced(parts.reach.chain, 'poke', async () => undefined)) }
      const invite = () => runJob(silent, tenant.id, 'test', (ctx) => inviteMember(ctx, { email: `${crypto.randomUUID()}@people.test`, name: 'Ivy', role: 'member' }))
      for (const each of [invite, invite, invite]) await each()
      return {
        home,
        act: worked((woken) => wake(woken, 'drain-outbox', tenant.id)),
        wrong: async () => {
          await drained(tenant.id)
          const [invited, mailed] = [(await countOf(tenant.id, 'core.member.invited')) - before, await mailsOf(tenant.id)]
          return [...(invited === 3 ? [] : [`${invited} of 3 events stand in the log`]), ...(new Set(mailed).size === mailed.length ? [] : ['an invitation was mailed twice'])]
        },
      }
    },
  },
  {
    name: 'move a tenant',
    begin: async () => {
      const home = await smallHome()
      const { tenant } = home
      await home.invitation()
      await home.document()
      await drained(tenant.id)
      const to = tenant.shard === 'SHARD_1' ? 'SHARD_2' : 'SHARD_1'
      return {
        home,
        act: worked((parts) => moveTenant({ ...parts, drain: (id) => wake(parts, 'drain-outbox', id) }, tenant.id, to)),
        wrong: async () => {
          const [here, there] = [await rowsOf(bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'], tenant.id), await rowsOf(bindings[to], tenant.id)] // `as`: the two shards there are
          const row = await bindings.DIRECTORY.prepare('SELECT shard, state FROM tenants WHERE id = ?').bind(tenant.id).first<{ shard: string; state: string }>()
          return here === 0 && there > 0 && row?.shard === to && row.state === 'open' ? [] : [`${here} rows here, ${there} there, the directory says ${row?.shard} and ${row?.state}`]
        },
      }
    },
  },
  {
    name: 'destroy a tenant',
    begin: async () => {
      const home = await smallHome()
      const { tenant } = home
      await home.document()
      const closesAt = await tenant.asJob((ctx) => closeTenant(ctx, ctx.tenant.name))
      await drained(tenant.id)
      return {
        act: worked((parts) => destroyTenant(parts, tenant.id), closesAt + 1),
        wrong: async () => {
          const rows = (await Promise.all([bindings.SHARD_1, bindings.SHARD_2].map((shard) => rowsOf(shard, tenant.id)))).reduce((sum, n) => sum + n, 0)
          const roots = (await rootsOf(tenant.id)).filter((path) => !path.startsWith('audit'))
          const told = await countOf('platform', 'core.tenant.destroyed', tenant.id)
          return [
            ...(rows === 0 && (await shardOf(tenant.id)) === null ? [] : [`${rows} rows are left`]),
            ...((await documentsOf(tenant.id)).length === 0 ? [] : ['documents are left']),
            ...(roots.length === 0 ? [] : [`roots are left: ${roots.join(', ')}`]),
            ...(told === 1 ? [] : [`its end was recorded ${told} times`]),
          ]
        },
      }
    },
  },
  {
    name: 'deliver a mail',
    begin: async () => {
      const home = await smallHome()
      const { tenant } = home
      await home.invitation()
      for (let times = 1; times <= 2; times += 1) await drained(tenant.id) // the mail is queued by a follower
      const taken = new Set<string>()
      let tries = 0
      return {
        home,
        // A mail that was put off is due again by then.
        act: async ({ env, isolate }) => {
          const now = (await testClock()) + 10 * MINUTE * tries
          tries += 1
          vi.spyOn(globalThis, 'fetch').mockImplementation(faultyFetch(env, (request) => (taken.add(request.headers.get('Idempotency-Key') ?? ''), new Response('{}'))))
          return worked((parts) => deliverDue(parts, tenant.id, { mails: mailTemplates, hooks: [] }), now)({ env: withMail(env), isolate })
        },
        wrong: async () => {
          vi.restoreAllMocks()
          const sent = await countOf(tenant.id, 'core.delivery.sent')
          return [...(taken.size === 1 ? [] : [`the provider was given ${taken.size} mails`]), ...(sent === 1 ? [] : [`${sent} were recorded as sent`])]
        },
      }
    },
  },
  {
    name: 'purge the trash',
    begin: async (home) => {
      const { tenant } = home
      const id = await home.document('trashed')
      await drained(tenant.id)
      return {
        home,
        act: worked((parts) => runJob(parts, tenant.id, 'test', (ctx) => purgeDocuments(ctx, 50)), (await testClock()) + 60 * DAY),
        wrong: async () => {
          const shard = await shardOf(tenant.id)
          const purged = shard ? (await eventsSoFar(tenant.id, shard)).filter(({ name, subject }) => name === 'core.document.purged' && subject === id).length : 0
          const left = (await documentsOf(tenant.id)).filter((path) => path.startsWith(id))
          return [...(purged === 1 ? [] : [`its end was recorded ${purged} times`]), ...(left.length === 0 ? [] : ['its bytes are left'])]
        },
      }
    },
  },
  {
    name: 'sweep after a rotation',
    ends: true,
    begin: async () => {
      const home = await smallHome()
      const { tenant } = home
      await home.invitation()
      await home.document()
      await tenant.asJob((ctx) => rotateSealRoot(ctx, 'button'))
      await drained(tenant.id)
      return {
        home,
        act: worked((parts) => sweepSealRoot(parts, sealedTables(manifests), tenant.id)),
        wrong: async () => {
          const shard = await shardOf(tenant.id)
          const left = await shard?.prepare('SELECT count(*) AS n FROM members WHERE tenant_id = ? AND seal_version < 2').bind(tenant.id).first<number>('n')
          const told = await countOf(tenant.id, 'core.key.rotated')
          return left === 0 && told === 1 ? [] : [`${left} rows on the old key, the end recorded ${told} times`]
        },
      }
    },
  },
]

/** The same bindings in a deployment that has a provider of mail. */
const withMail = (env: Env): Env => {
  const mail: Partial<Env> = { MAIL_PROVIDER: 'resend', MAIL_FROM: 'a@countersign.test', RESEND_API_KEY: 'key' }
  return new Proxy(env, { get: (target, name) => Reflect.get(name in mail ? mail : target, name) })
}

/** A tenant of its own, for what cannot be done twice to one. */
async function smallHome(): Promise<Home> {
  const tenant = await newTenant()
  return new Home(tenant, `small${crypto.randomUUID().slice(0, 8)}`, await asOwner(tenant))
}

async function rowsOf(shard: D1Database, tenantId: string): Promise<number> {
  const counts = await Promise.all(['tenant_fence', 'outbox', 'members', 'invitations', 'documents'].map((name) => shard.prepare(`SELECT count(*) AS n FROM ${name} WHERE tenant_id = ?`).bind(tenantId).first<number>('n')))
  return counts.reduce<number>((sum, n) => sum + (n ?? 0), 0)
}

/** Which invitations the tenant's log says a mail was queued for. */
async function mailsOf(tenantId: string): Promise<string[]> {
  const { entries } = await (await reachNow()).chain.query(tenantId, { name: 'core.delivery.queued' }, null, 200)
  return entries.map(({ line }) => String((JSON.parse(line) as { meta: { about: string } }).meta.about)) // `as`: an entry of ours
}
