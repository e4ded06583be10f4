import { expect, test } from 'vitest'
import { newPerson, personOf, recorded } from '../../../tests/support/person-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { failureOf } from '../../../tests/support/scene.ts'
import { disableTotp } from './disable-totp.ts'
import { listFactors } from './list-factors.ts'

test('[IFD-97] turning an authenticator on and off leaves an entry each, and off takes a fresh proof', async () => {
  const ada = await newPerson()
  await ada.enrolTotp()
  expect(await failureOf(ada.run(disableTotp))).toMatchObject({ code: 'step_up_required', mode: 'exact' })
  await ada.confirmed(disableTotp)
  expect(await ada.run(listFactors)).toMatchObject({ totp: null, enrolled: false, codesLeft: 0 })
  expect((await recorded(ada)).filter((name) => name.startsWith('core.factor.'))).toEqual(['core.factor.enabled', 'core.factor.disabled'])
})

test('whoever has none cannot turn it off', async () => {
  const ada = await newPerson()
  expect(await failureOf(ada.run(disableTotp))).toEqual({ code: 'not_found' })
})

test('[IFD-49][SPO-30] every role can turn an authenticator on and off again where no tenant minds', async () => {
  const tenant = await newTenant()
  for (const role of ['owner', 'admin', 'member', 'viewer'] as const) {
    const person = await personOf(tenant, role)
    expect(await person.enrolTotp()).toHaveLength(10)
    expect(await person.run(listFactors)).toMatchObject({ enrolled: true })
    await person.confirmed(disableTotp)
    expect(await person.run(listFactors)).toMatchObject({ enrolled: false })
  }
})
