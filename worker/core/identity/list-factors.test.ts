import { expect, test } from 'vitest'
import { newPerson } from '../../../tests/support/person-scene.ts'
import { listFactors } from './list-factors.ts'

test('a person sees its own factors and nothing that could be used in their place', async () => {
  const [ada, eve] = [await newPerson(), await newPerson()]
  const codes = await ada.enrolTotp()
  await ada.addPasskey('Key')
  const seen = await ada.run(listFactors)
  expect(seen).toMatchObject({ enrolled: true, required: false, codesLeft: 10, passkeys: [{ name: 'Key' }] })
  const text = JSON.stringify(seen)
  for (const secret of [...codes, ada.secret.replaceAll(' ', '')]) expect(text).not.toContain(secret)
  expect(await eve.run(listFactors)).toEqual({ totp: null, passkeys: [], codesLeft: 0, enrolled: false, required: false })
})
