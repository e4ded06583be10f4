import { PLATFORM } from '../reach.ts'
import { liesInObject } from '../module.ts'
import { sixAtOnce } from '../six-at-once.ts'
import { inspectedShards, oldestSealRoot, oldestUnsealed, orphansOf, sampleCells, sampleDirectory, tablesOf } from '../tenancy/inspect.ts'
import { sealedCells } from './ciphertext.ts'
import type { Probe, Reading } from './probe.ts'
import { countTriggers } from './triggers.ts'

const DAY_MS = 86_400_000
/** Cells looked at per sealed column and shard. */
const SAMPLE = 20

/** Shard tables that belong to no tenant: the fence is keyed by the tenant itself, the refusals never hold a row. */
const tenantless = new Set(['refusals'])


/** A share of at least one as a reading: everything or nothing passes. */
const share = (good: number, all: number, of: string): Reading => ({ passed: good === all, value: `${good} of ${all} ${of}`, measure: Math.round((good / all) * 100) })

export const probes: readonly Probe[] = [
  {
    id: 'vault.cells',
    says: 'The newest cells of every sealed column, in the directory and on every shard, looked at as bytes: none may read as text, no nonce may come twice',
    unit: '% ciphertext',
    measure: async ({ reach, sealedFields }) => {
      const [tenants, platform] = [sealedFields.filter((field) => field.scope === 'tenant' && !liesInObject(field)), sealedFields.filter((field) => field.scope === 'platform')]
      const samples = [
        ...inspectedShards(reach).flatMap((shard) => tenants.map(({ table, column }) => () => sampleCells(shard, table, column, SAMPLE))),
        ...platform.map(({ table, column }) => () => sampleDirectory(reach, table, column, SAMPLE)),
      ]
      const cells = (await sixAtOnce(samples, (sample) => sample())).flat()
      if (cells.length === 0) return { passed: true, value: 'nothing sealed yet', measure: null }
      return share(sealedCells(cells), cells.length, 'sampled cells are ciphertext')
    },
  },
  {
    id: 'audit.triggers',
    says: 'The text of the triggers in each database, and in the deployment’s and some tenants’ logs, compared with the text that must be there',
    unit: '% of triggers in place',
    measure: async ({ reach }) => {
      const { there, wanted } = await countTriggers(reach)
      return share(there, wanted, 'triggers in place')
    },
  },
  {
    id: 'audit.checkpoint',
    says: 'The deployment’s own log: hashed again, signed, and nothing unsigned for more than two minutes',
    unit: 'entries',
    measure: async ({ reach, now }) => {
      const log = await reach.chain.status(PLATFORM)
      const signed = log.checkpoint?.size ?? 0
      // By the first entry that waits, not by the last checkpoint: a log in which nothing happened for an hour owes nothing.
      const waiting = signed < log.size ? await reach.chain.entry(PLATFORM, signed + 1) : null
      const fresh = waiting === null || now - waiting.sealedAt < 120_000
      return { passed: log.refusal === null && log.brokenAt === null && fresh, value: `${signed} of ${log.size} entries signed, hashed again up to ${log.verifiedTo}`, measure: log.size }
    },
  },
  {
    id: 'audit.lag',
    says: 'How long the oldest event has been waiting for the audit chain',
    unit: 'seconds',
    measure: async ({ reach, now }) => {
      const oldest = (await Promise.all(inspectedShards(reach).map(oldestUnsealed))).filter((at) => at !== null)
      const lagS = oldest.length === 0 ? 0 : Math.max(0, Math.round((now - Math.min(...oldest)) / 1000))
      return { passed: lagS <= 60, value: lagS === 0 ? 'nothing waiting' : `${lagS} s`, measure: lagS }
    },
  },
  {
    id: 'tenancy.columns',
    says: 'Every table on every shard has the tenant in its key, and no row has lost its parent',
    unit: '% of tables',
    measure: async ({ reach }) => {
      const tables = (await Promise.all(inspectedShards(reach).map(tablesOf))).flat().filter(({ name }) => !tenantless.has(name))
      const orphans = (await Promise.all(inspectedShards(reach).map(orphansOf))).reduce((sum, n) => sum + n, 0)
      const reading = share(tables.filter((table) => table.hasTenant && table.keyed).length, tables.length, 'tables keyed by tenant')
      return { ...reading, passed: reading.passed && orphans === 0, value: `${reading.value}, ${orphans} orphans` }
    },
  },
  {
    id: 'vault.key_age',
    says: 'The age of the oldest seal root in use',
    unit: 'days',
    measure: async ({ reach, now }) => {
      const made = (await Promise.all(inspectedShards(reach).map(oldestSealRoot))).filter((at) => at !== null)
      const days = made.length === 0 ? 0 : Math.floor((now - Math.min(...made)) / DAY_MS)
      return { passed: days <= 91, value: `${days} ${days === 1 ? 'day' : 'days'}`, measure: days }
    },
  },
  {
    id: 'identity.gate',
    says: 'A made-up address tried with wrong passwords until the gate stops, before any hash',
    unit: 'tries let through',
    measure: async ({ reach, now }) => {
      const address = `probe-${now}`
      const verdicts = []
      for (let tries = 0; tries < 12; tries += 1) verdicts.push(await reach.gate.enter({ address, browser: null, now }))
      const through = verdicts.filter((verdict) => verdict.go).length
      await reach.gate.clear({ address, distrust: false })
      return { passed: through <= 10, value: `${through} of 12 let through`, measure: through }
    },
  },
  {
    id: 'transport.front_door',
    says: 'Our own pages and API, asked as a stranger would',
    unit: '% of answers right',
    measure: async ({ reach, knock }) => {
      const { ORIGIN } = reach.env
      const page = await knock(new Request(`${ORIGIN}/`, { headers: { Accept: 'text/html' } }))
      const api = await knock(new Request(`${ORIGIN}/api/v1/members`))
      const forged = await knock(new Request(`${ORIGIN}/sign-in`, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'https://elsewhere.example', Cookie: '__Host-pre=x; __Host-csrf=y' }, body: 'csrf=y' }))
      const right = [
        page.status === 200,
        /default-src 'none'/.test(page.headers.get('Content-Security-Policy') ?? ''),
        !/unsafe-/.test(page.headers.get('Content-Security-Policy') ?? 'unsafe-'),
        page.headers.get('Strict-Transport-Security') === 'max-age=63072000; includeSubDomains; preload',
        page.headers.get('Cache-Control') === 'no-store',
        api.status === 401,
        api.headers.get('Cache-Control') === 'no-store',
        forged.status === 403,
      ]
      return share(right.filter(Boolean).length, right.length, 'answers right')
    },
  },
]
