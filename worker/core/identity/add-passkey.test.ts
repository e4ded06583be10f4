import { expect, test } from 'vitest'
import { newAuthenticator, type Quirks } from '../../../tests/support/authenticator.ts'
import { newPerson, recorded } from '../../../tests/support/person-scene.ts'
import { failureOf, ORIGIN } from '../../../tests/support/scene.ts'
import { addPasskey } from './add-passkey.ts'
import { beginPasskey } from './begin-passkey.ts'
import { RegistrationField } from './factor-contract.ts'
import { listFactors } from './list-factors.ts'

test('a passkey is kept under the name its person gave it, and brings ten recovery codes when it is the first factor', async () => {
  const ada = await newPerson()
  expect(await ada.addPasskey('Ada’s phone')).toHaveLength(10)
  expect(await ada.run(listFactors)).toMatchObject({ enrolled: true, totp: null, passkeys: [{ name: 'Ada’s phone', synced: false, usedAt: null }] })
  expect(await recorded(ada)).toContain('core.factor.enabled')
})

test('a registration for another site, without finger, face or PIN, or answered twice adds nothing', async () => {
  const ada = await newPerson()
  const options = await ada.confirmed((ctx) => beginPasskey(ctx, 'ada@example.com'))
  const keep = async (quirks: Quirks) => {
    const answer = RegistrationField.parse(await (await newAuthenticator(ORIGIN)).register(options, quirks))
    return failureOf(ada.run((ctx) => addPasskey(ctx, { name: 'x', answer })))
  }
  for (const quirks of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }, { userVerified: false }]) expect(await keep(quirks)).toMatchObject({ code: 'gone' })
  expect(await keep({})).toBeNull()
  expect(await keep({})).toMatchObject({ code: 'gone' })
  expect((await ada.run(listFactors)).passkeys).toHaveLength(1)
})

test('a challenge of one person is worth nothing to another, nor after five minutes', async () => {
  const [ada, eve] = [await newPerson(), await newPerson()]
  const options = await ada.confirmed((ctx) => beginPasskey(ctx, 'ada@example.com'))
  const answer = RegistrationField.parse(await (await newAuthenticator(ORIGIN)).register(options))
  expect(await failureOf(eve.run((ctx) => addPasskey(ctx, { name: 'x', answer })))).toMatchObject({ code: 'gone' })
  ada.now += 5 * 60_000 + 1
  expect(await failureOf(ada.run((ctx) => addPasskey(ctx, { name: 'x', answer })))).toMatchObject({ code: 'gone' })
})
