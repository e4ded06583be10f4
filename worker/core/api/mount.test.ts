import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asOwner } from '../../../tests/support/scene.ts'

test('half a surrogate pair is refused wherever a body holds one, and nothing comes of it', async () => {
  const owner = await asOwner(await newTenant())
  const bodies = ['{"name":"a\\ud800.pdf","category":"other","phi_ack":true}', '{"name":"a.pdf","category":"other","phi_ack":true,"\\udfff":1}']
  for (const body of bodies) {
    const refused = await owner.call('/api/v1/documents', { body, headers: { 'Content-Type': 'application/json' } })
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([400, 'malformed'])
  }
  const whole = await owner.call('/api/v1/documents', { body: '{"name":"a\\ud83d\\ude00.pdf","category":"other","phi_ack":true}', headers: { 'Content-Type': 'application/json' } })
  expect(whole.status).toBe(201)
})
