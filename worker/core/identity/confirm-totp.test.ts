import { expect, test } from 'vitest'
import { codeOf, newPerson } from '../../../tests/support/person-scene.ts'
import { failureOf, signedIn } from '../../../tests/support/scene.ts'
import { beginTotp, pendingTotp } from './begin-totp.ts'
import { confirmTotp } from './confirm-totp.ts'
import { listFactors } from './list-factors.ts'

test('a wrong code turns nothing on; the right one does, and shows ten recovery codes that nothing shows again', async () => {
  const ada = await newPerson()
  await ada.confirmed(beginTotp)
  const { secret = '' } = (await ada.run((ctx) => pendingTotp(ctx, 'ada@example.com'))) ?? {}
  const right = codeOf(secret, ada.now)
  expect(await failureOf(ada.run((ctx) => confirmTotp(ctx, String((Number(right) + 1) % 1_000_000).padStart(6, '0'))))).toMatchObject({ code: 'invalid' })
  expect(await ada.run(listFactors)).toMatchObject({ totp: null, enrolled: false, codesLeft: 0 })

  const { codes } = await ada.run((ctx) => confirmTotp(ctx, right))
  expect(codes).toHaveLength(10)
  const after = await ada.run(listFactors)
  expect(after).toMatchObject({ totp: { confirmedAt: ada.now }, enrolled: true, codesLeft: 10 })
  for (const code of codes ?? []) expect(JSON.stringify(after)).not.toContain(code)
})

test('another session of the same person ends when a factor is added, and cannot confirm what it did not begin', async () => {
  const ada = await newPerson()
  await ada.confirmed(beginTotp)
  const { secret = '' } = (await ada.run((ctx) => pendingTotp(ctx, 'ada@example.com'))) ?? {}
  const elsewhere = await signedIn(ada, null, { now: ada.now })
  expect(await failureOf(elsewhere.runAsAccount((ctx) => confirmTotp(ctx, codeOf(secret, ada.now)), ada.now))).toMatchObject({ code: 'gone' })
  await ada.run((ctx) => confirmTotp(ctx, codeOf(secret, ada.now)))
  expect(await failureOf(elsewhere.runAsAccount(listFactors, ada.now))).toMatchObject({ code: 'unauthenticated' })
})

test('a second factor brings no second set of codes', async () => {
  const ada = await newPerson()
  await ada.enrolTotp()
  expect(await ada.addPasskey()).toBeNull()
  expect(await ada.run(listFactors)).toMatchObject({ codesLeft: 10, passkeys: [{ name: 'Phone' }] })
})
