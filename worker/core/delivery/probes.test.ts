import { expect, test } from 'vitest'
import { z } from 'zod'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { bindings } from '../../../tests/support/scene.ts'
import type { Probe, ProbeParts } from '../trust/probe.ts'
import { defineMail } from './mail.ts'
import { deliveryQueued } from './module.ts'
import { deliveryProbes } from './probes.ts'
import { queueMail } from './queue-mail.ts'

const probe = (id: string): Probe => deliveryProbes.find((each) => each.id === id)!
const parts = async (now?: number): Promise<ProbeParts> => ({ ...(await testParts(now)), sealedFields: [], knock: async () => new Response() })
const note = defineMail({ name: 'test.late', says: 's', scope: 'tenant', params: z.object({}), write: () => ({ subject: 's', lines: [], why: 'w' }) })

test('a message that is ten minutes behind its time fails the probe, one that waits for its turn does not', async () => {
  const tenant = await newTenant()
  const { now } = await testParts()
  await tenant.asJob(async (ctx) => ctx.commit([await queueMail(ctx, note, { to: 'a@b.example', params: {}, notBefore: now + 3_600_000 })], deliveryQueued(tenant.id, { template: note.name, about: tenant.id })))
  const late = await probe('delivery.queue').measure(await parts(now + 3_600_000 + 11 * 60_000))
  expect(late.passed).toBe(false)
  expect(late.measure).toBeGreaterThanOrEqual(660)
  await bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'].prepare("UPDATE deliveries SET state = 'sent' WHERE tenant_id = ?").bind(tenant.id).run()
})

test('every address that may never be called is refused, our own among them', async () => {
  expect(await probe('delivery.egress').measure(await parts())).toMatchObject({ passed: true, value: '11 of 11 refused' })
})
