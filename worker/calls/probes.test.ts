import { expect, test } from 'vitest'
import { newDialler } from '../../tests/support/call-scene.ts'
import { testParts } from '../../tests/support/new-tenant.ts'
import { reachNow } from '../../tests/support/scene.ts'
import type { Probe, ProbeParts } from '../core/trust/probe.ts'
import { callSenders } from './intake/senders.ts'
import { CAP_MS } from './log/module.ts'
import { callsProbes, webhooksProbe } from './probes.ts'

const probe = (id: string): Probe => callsProbes.find((each) => each.id === id)!
const parts = async (): Promise<ProbeParts> => ({ ...(await testParts()), sealedFields: [], knock: async () => new Response(null, { status: 500 }) })

test('every dialler’s check accepts its own secret and no other; one that would accept anything is found', async () => {
  const all = callSenders.length
  expect(await probe('calls.webhooks').measure(await parts())).toEqual({ passed: true, value: `${all} of ${all} accept their own secret and no other`, measure: all })
  const careless = callSenders.map((sender, index) => (index === 0 ? { ...sender, verify: async () => ({ accepted: true, body: {}, eventId: 'e' }) as const } : sender))
  expect(await webhooksProbe(careless).measure(await parts())).toMatchObject({ passed: false, measure: all - 1 })
})

test('a call that outlives its last day by more than an hour is counted, whoever’s it is; one that is due this hour is not', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  for (const each of [line, other]) await each.tell('ringing', 'one')
  const own = await parts()
  const overdueAt = async (now: number) => (await probe('calls.purge').measure({ ...own, now })).measure ?? 0
  const [{ capAt } = { capAt: 0 }] = await line.calls()
  expect(capAt - own.now).toBeGreaterThan(CAP_MS - 60_000)
  const before = await overdueAt(capAt + 1_800_000)
  const both = await overdueAt(capAt + 3_660_000)
  expect(both).toBeGreaterThanOrEqual(before + 2)
  await (await reachNow()).shard(line.tenant.shard).prepare('UPDATE calls SET content = NULL WHERE tenant_id = ?').bind(line.tenant.id).run()
  expect(await probe('calls.purge').measure({ ...own, now: capAt + 3_660_000 })).toMatchObject({ passed: false, measure: both - 1 })
})
