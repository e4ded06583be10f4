import { exports } from 'cloudflare:workers'
import { afterEach, expect, test } from 'vitest'
import type { ControlDeclaration } from '../../worker/core/module.ts'
import { probes as coreProbes } from '../../worker/core/trust/probes.ts'
import type { Probe } from '../../worker/core/trust/probe.ts'
import { readTrust, type Declared, type TrustView } from '../../worker/core/trust/read-trust.ts'
import { runProbesDue, runProbes } from '../../worker/core/trust/run-probes.ts'
import { insertReadings, latestOf } from '../../worker/core/trust/store.ts'
import { manifests, probes } from '../../worker/modules.ts'
import { clock, testClock } from '../support/clock.ts'
import { newTenant, testParts } from '../support/new-tenant.ts'
import { asStranger, bindings, reachNow } from '../support/scene.ts'

const MINUTE = 60_000
const { default: worker } = exports as unknown as { default: Fetcher } // `as`: typed by the entry file

afterEach(() => {
  clock.aheadMs = 0
})

/** A control of its own beside a probe that nobody else has: the databases are shared by the run. */
function scene() {
  const id = `test.${crypto.randomUUID()}`
  const control: ControlDeclaration = { id, name: 'A', status: 'active', probe: id, how: 'It holds.', enforcedBy: [], claims: ['CIQ-19'] }
  const probe: Probe = { id, says: 'Looks', unit: '%', measure: async () => ({ passed: true, value: 'now', measure: 1 }) }
  const manifest = { name: 'test', rights: [], sealedFields: [], events: [], limits: [], retention: [], controls: [control], subprocessors: [], reveals: [] }
  const declared: Declared = { manifests: [manifest], probes: [probe], proofs: { commit: null, claims: { 'CIQ-19': [{ title: 'it holds', file: 'a.test.ts', result: null }] }, files: {} }, sweeps: [], elsewhere: {}, standIns: null }
  const keep = async (readings: readonly { at: number; passed: boolean; value: string; probe?: string }[]) => {
    const { directory } = await reachNow()
    await directory.settle(insertReadings(directory, readings.map(({ at, passed, value, probe: of }) => ({ id: `rdg_${crypto.randomUUID()}`, probe: of ?? id, at, reading: { passed, value, measure: 1 } }))))
  }
  return { id, keep, read: async (now: number) => readTrust(await reachNow(), now, declared) }
}

test('when a probe last passed, and with which value, is told however long it has failed since and whatever others have left', async () => {
  await newTenant()
  const { keep, read } = scene()
  const now = await testClock()
  const since = now - 29 * 24 * 60 * MINUTE
  await keep([{ at: since, passed: true, value: '9 of 9' }])
  for (let hour = 0; hour < 12; hour += 1) {
    // Of fourteen other probes, as many as an hour brings, and of this one a failure each time.
    await keep(Array.from({ length: 168 }, (_, n) => ({ at: now - hour * 60 * MINUTE - n, passed: true, value: 'other', probe: `test.other.${n % 14}` })))
    await keep(Array.from({ length: 12 }, (_, n) => ({ at: now - hour * 60 * MINUTE - n * 5 * MINUTE, passed: false, value: '8 of 9' })))
  }
  const [control] = (await read(now)).controls
  expect(control).toMatchObject({ status: 'failing', probe: { lastPass: { at: since, value: '9 of 9' }, latest: { at: now, value: '8 of 9', passed: false } } })
  expect(control?.probe?.history).toHaveLength(24)
}, 60_000)

test('both questions are answered from an index, whatever the number of readings', async () => {
  const plan = async (sql: string) => JSON.stringify((await bindings.DIRECTORY.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()).results)
  const latest = await plan("SELECT at FROM probe_readings WHERE control = 'x' ORDER BY at DESC LIMIT 24")
  const pass = await plan("SELECT at FROM probe_readings WHERE control = 'x' AND passed = 1 ORDER BY at DESC LIMIT 1")
  expect(latest).toContain('probe_readings_control')
  expect(pass).toContain('probe_readings_passed (control=? AND passed=?)')
  for (const each of [latest, pass]) expect(each).not.toMatch(/SCAN|TEMP B-TREE/)
})

test('when the probes stop, every control that they measure says stale after three missed rounds, and none of them counts as passing', async () => {
  await newTenant()
  await runProbes({ ...(await testParts()), sealedFields: manifests.flatMap((manifest) => manifest.sealedFields), knock: (request) => worker.fetch(request) }, probes)
  const now = (): Promise<TrustView> => asStranger().call('/trust.json').then((answer) => answer.json())
  expect((await now()).controls.filter(({ status }) => status === 'stale')).toEqual([])
  clock.aheadMs = 14 * MINUTE
  expect((await now()).controls.filter(({ status }) => status === 'stale')).toEqual([])
  clock.aheadMs = 16 * MINUTE
  const { controls, passing, probed } = await now()
  expect(new Set(controls.filter(({ probe }) => probe !== null).map(({ status }) => status))).toEqual(new Set(['stale']))
  expect([passing, probed]).toEqual([0, controls.filter(({ probe }) => probe !== null).length])
  const page = (await (await asStranger().page('/trust')).text()).replaceAll(/<!-- -->/g, '')
  expect(page).toContain(`0 / ${probed}`)
  expect(page).toContain(`${probed} stale`)
  expect(page).toContain('the probes have stopped')
}, 60_000)

test('a minute that the cron missed costs a minute: the probes run when five have passed, not when the clock shows a fifth one', async () => {
  const parts = await testParts()
  const { directory } = parts.reach
  // After whatever others have read in this run.
  const base = Math.max(parts.now, (await directory.read(latestOf(directory, 'audit.lag', 1)))[0]?.at ?? 0) + 60 * MINUTE
  const at = async (now: number) => {
    await runProbesDue({ ...parts, now, sealedFields: [], knock: (request) => worker.fetch(request) }, probes.filter(({ id }) => id === 'audit.lag'))
    return (await directory.read(latestOf(directory, 'audit.lag', 1)))[0]?.at
  }
  const first = base - (base % (5 * MINUTE)) + 3 * MINUTE
  expect(await at(first)).toBe(first)
  expect(await at(first + 4 * MINUTE)).toBe(first)
  expect(await at(first + 6 * MINUTE)).toBe(first + 6 * MINUTE)
  await bindings.DIRECTORY.prepare('delete from probe_readings where at >= ?').bind(first).run()
}, 60_000)

test('with nothing sealed the probe of cells says so and gives no figure; with the directory alone it looks there', async () => {
  const cells = coreProbes.find(({ id }) => id === 'vault.cells')
  const parts = { ...(await testParts()), knock: (request: Request) => worker.fetch(request) }
  expect(await cells?.measure({ ...parts, sealedFields: [] })).toEqual({ passed: true, value: 'nothing sealed yet', measure: null })
  await newTenant()
  const directoryOnly = manifests.flatMap(({ sealedFields }) => sealedFields).filter(({ table }) => table === 'accounts')
  expect(await cells?.measure({ ...parts, sealedFields: directoryOnly })).toMatchObject({ passed: true, value: expect.stringMatching(/^[1-9]\d* of \d+ sampled cells are ciphertext$/), measure: 100 })
})

test('a name in clear, or one that is only spelled in base64, in a sealed column of the directory fails the probe', async () => {
  const cells = coreProbes.find(({ id }) => id === 'vault.cells')
  const parts = { ...(await testParts()), knock: (request: Request) => worker.fetch(request), sealedFields: manifests.flatMap(({ sealedFields }) => sealedFields).filter(({ table }) => table === 'accounts') }
  for (const plain of ['Dana Whitlock', btoa(JSON.stringify({ name: 'Dana Whitlock', email: 'dana@people.test' }))]) {
    await bindings.DIRECTORY.prepare("insert into accounts (id, email_index, contact, seal_version, created_at) values ('acc_planted', 'planted', ?, 1, 1)").bind(plain).run()
    try {
      expect(await cells?.measure(parts)).toMatchObject({ passed: false })
    } finally {
      await bindings.DIRECTORY.prepare("delete from accounts where id = 'acc_planted'").run()
    }
  }
})
