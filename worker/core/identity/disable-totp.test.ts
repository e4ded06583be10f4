import { expect, test } from 'vitest'
import { codeOf, halfSignedIn, newPerson, personOf, recorded } from '../../../tests/support/person-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { failureOf } from '../../../tests/support/scene.ts'
import { disableTotp } from './disable-totp.ts'
import { listFactors } from './list-factors.ts'
import { verifySecondFactor } from './verify-second-factor.ts'

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

test('[IFD-49][SPO-30] every role can turn an authenticator on, signs in with it, and turns it off again where no tenant minds', async () => {
  const tenant = await newTenant()
  for (const role of ['owner', 'admin', 'member', 'viewer'] as const) {
    const person = await personOf(tenant, role)
    expect(await person.enrolTotp()).toHaveLength(10)
    expect(await person.run(listFactors)).toMatchObject({ enrolled: true })
    const half = await halfSignedIn(person)
    expect(await failureOf(half.runFully(listFactors, person.now))).toEqual({ code: 'mfa_required' })
    await half.run((ctx) => verifySecondFactor(ctx, { kind: 'totp', code: codeOf(person.secret, person.now) }, 'b'), person.now)
    expect(await half.runFully(listFactors, person.now)).toMatchObject({ enrolled: true })
    await person.confirmed(disableTotp)
    expect(await person.run(listFactors)).toMatchObject({ enrolled: false })
  }
})
