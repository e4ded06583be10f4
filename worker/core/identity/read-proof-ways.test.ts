import { expect, test } from 'vitest'
import { newPerson } from '../../../tests/support/person-scene.ts'
import { readProofWays } from './read-proof-ways.ts'

test('the password is a way only until something stronger is set up', async () => {
  const ada = await newPerson()
  expect(await ada.run(readProofWays)).toEqual({ totp: false, recoveryCode: false, passkey: null, password: true })
  await ada.enrolTotp()
  expect(await ada.run(readProofWays)).toEqual({ totp: true, recoveryCode: true, passkey: null, password: false })
  await ada.addPasskey()
  expect(await ada.run(readProofWays)).toMatchObject({ totp: true, recoveryCode: true, passkey: { userVerification: 'required' }, password: false })
})
