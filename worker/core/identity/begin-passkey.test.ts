import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { newPerson } from '../../../tests/support/person-scene.ts'
import { failureOf } from '../../../tests/support/scene.ts'
import { beginPasskey, beginProof } from './begin-passkey.ts'

test('making a passkey asks for a proof first, then for a discoverable one that checks its person', async () => {
  const ada = await newPerson()
  expect(await failureOf(ada.run((ctx) => beginPasskey(ctx, 'ada@example.com')))).toMatchObject({ code: 'step_up_required', mode: 'exact' })
  const options = await ada.confirmed((ctx) => beginPasskey(ctx, 'ada@example.com'))
  expect(options).toMatchObject({ rp: { id: 'countersign.test' }, authenticatorSelection: { residentKey: 'required', userVerification: 'required' } })
  const handle = Buffer.from(options.user.id, 'base64url')
  expect(handle.length).toBeLessThanOrEqual(64)
  expect(handle.toString('latin1')).not.toContain('ada@')
})

test('a proof names the passkeys of its person, and no other', async () => {
  const [ada, eve] = [await newPerson(), await newPerson()]
  await ada.addPasskey()
  const [own] = (await ada.run(beginProof))?.allowCredentials ?? []
  expect(own?.id).toMatch(/^[\w-]{22}$/)
  expect(await eve.run(beginProof)).toBeNull()
})
