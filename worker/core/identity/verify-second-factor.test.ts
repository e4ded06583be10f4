import { expect, test } from 'vitest'
import { codeOf, halfSignedIn, newPerson, recorded } from '../../../tests/support/person-scene.ts'
import { failureOf } from '../../../tests/support/scene.ts'
import { beginProof } from './begin-passkey.ts'
import { AssertionField } from './factor-contract.ts'
import { listFactors } from './list-factors.ts'
import { verifySecondFactor } from './verify-second-factor.ts'

test('[CIQ-47][CAL-38][CAL-102] with an authenticator on, the password alone opens nothing; the code finishes the sign-in', async () => {
  const ada = await newPerson()
  await ada.enrolTotp()
  const half = await halfSignedIn(ada)
  expect(await failureOf(half.runFully(listFactors, ada.now))).toEqual({ code: 'mfa_required' })
  const code = codeOf(ada.secret, ada.now)
  const { codesLeft } = await half.run((ctx) => verifySecondFactor(ctx, { kind: 'totp', code }, 'b'), ada.now)
  expect(codesLeft).toBe(10)
  expect(await half.runFully(listFactors, ada.now)).toMatchObject({ enrolled: true })
  expect(await recorded(ada)).toContain('core.mfa.passed')
})

test('a wrong code is refused and recorded; after five in a quarter of an hour the right one is refused too', async () => {
  const ada = await newPerson()
  await ada.enrolTotp()
  const half = await halfSignedIn(ada)
  const right = codeOf(ada.secret, ada.now)
  const wrong = String((Number(right) + 7) % 1_000_000).padStart(6, '0')
  const attempt = (code: string, now = ada.now) => failureOf(half.run((ctx) => verifySecondFactor(ctx, { kind: 'totp', code }, 'b'), now))
  for (let tries = 0; tries < 5; tries += 1) expect(await attempt(wrong)).toEqual({ code: 'wrong_credentials' })
  expect(await attempt(right)).toMatchObject({ code: 'locked', until: ada.now + 15 * 60_000 })
  expect((await recorded(ada)).filter((name) => name === 'core.mfa.failed')).toHaveLength(5)
  expect(await failureOf(half.runFully(listFactors, ada.now))).toEqual({ code: 'mfa_required' })
})

test('a code that was used is worth nothing to whoever looked over a shoulder', async () => {
  const ada = await newPerson()
  await ada.enrolTotp()
  const [half, thief] = [await halfSignedIn(ada), await halfSignedIn(ada)]
  const code = codeOf(ada.secret, ada.now)
  await half.run((ctx) => verifySecondFactor(ctx, { kind: 'totp', code }, 'b'), ada.now)
  expect(await failureOf(thief.run((ctx) => verifySecondFactor(ctx, { kind: 'totp', code }, 'b'), ada.now))).toEqual({ code: 'wrong_credentials' })
})

test('one code redeemed 200 times at once lets exactly one browser in', async () => {
  const ada = await newPerson()
  await ada.enrolTotp()
  const half = await halfSignedIn(ada)
  const code = codeOf(ada.secret, ada.now)
  const many = await Promise.all(Array.from({ length: 200 }, () => failureOf(half.run((ctx) => verifySecondFactor(ctx, { kind: 'totp', code }, 'b'), ada.now))))
  expect(many.filter((failure) => failure === null)).toHaveLength(1)
}, 60_000)

test('[IFD-51] a recovery code works once; its second use is refused and nine are left', async () => {
  const ada = await newPerson()
  const codes = await ada.enrolTotp()
  expect(codes).toHaveLength(10)
  const typed = codes[0]?.toUpperCase().replaceAll('-', ' ') ?? ''
  const half = await halfSignedIn(ada)
  expect(await half.run((ctx) => verifySecondFactor(ctx, { kind: 'recovery_code', code: typed }, 'b'), ada.now)).toMatchObject({ codesLeft: 9 })
  const again = await halfSignedIn(ada)
  expect(await failureOf(again.run((ctx) => verifySecondFactor(ctx, { kind: 'recovery_code', code: typed }, 'b'), ada.now))).toEqual({ code: 'wrong_credentials' })
  expect(await ada.run(listFactors)).toMatchObject({ codesLeft: 9 })
  expect(await recorded(ada)).toContain('core.recovery_code.used')
})

test('one recovery code redeemed 200 times at once lets exactly one browser in', async () => {
  const ada = await newPerson()
  const [code = ''] = await ada.enrolTotp()
  const half = await halfSignedIn(ada)
  const many = await Promise.all(Array.from({ length: 200 }, () => failureOf(half.run((ctx) => verifySecondFactor(ctx, { kind: 'recovery_code', code }, 'b'), ada.now))))
  expect(many.filter((failure) => failure === null)).toHaveLength(1)
  ada.now += 60_000 // past the person's own limit of requests
  expect(await ada.run(listFactors)).toMatchObject({ codesLeft: 9 })
}, 60_000)

test('a passkey finishes a sign-in too, and one answer of it only once', async () => {
  const ada = await newPerson()
  await ada.addPasskey()
  const half = await halfSignedIn(ada)
  const options = await half.run(beginProof, ada.now)
  const answer = AssertionField.parse(await ada.authenticator?.sign({ challenge: options?.challenge ?? '' }))
  await half.run((ctx) => verifySecondFactor(ctx, { kind: 'passkey', answer }, 'b'), ada.now)
  expect(await failureOf(half.run((ctx) => verifySecondFactor(ctx, { kind: 'passkey', answer }, 'b'), ada.now))).toEqual({ code: 'wrong_credentials' })
})

test('what is not set up cannot be used', async () => {
  const ada = await newPerson()
  const half = await halfSignedIn(ada)
  expect(await failureOf(half.run((ctx) => verifySecondFactor(ctx, { kind: 'totp', code: '123456' }, 'b'), ada.now))).toEqual({ code: 'wrong_credentials' })
  expect(await failureOf(half.run((ctx) => verifySecondFactor(ctx, { kind: 'recovery_code', code: 'aaaa-bbbb-cccc' }, 'b'), ada.now))).toEqual({ code: 'wrong_credentials' })
  expect(await half.run(beginProof, ada.now)).toBeNull()
})
