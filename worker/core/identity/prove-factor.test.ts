import { expect, test } from 'vitest'
import { codeOf, newPerson, recorded } from '../../../tests/support/person-scene.ts'
import { failureOf } from '../../../tests/support/scene.ts'
import { mfaPassed } from './events-factors.ts'
import { proveFactor, refusalOf } from './prove-factor.ts'

test('a proof earns its grant and leaves its event; a wrong one earns nothing and leaves that it failed', async () => {
  const ada = await newPerson()
  await ada.enrolTotp()
  const proving = { grant: { kind: 'open' }, purpose: 'sign_in', done: mfaPassed(ada.accountId, { kind: 'totp' }) } as const
  const right = codeOf(ada.secret, ada.now)
  const wrong = String((Number(right) + 3) % 1_000_000).padStart(6, '0')
  expect(await failureOf(ada.run((ctx) => proveFactor(ctx, { kind: 'totp', code: wrong }, proving)))).toEqual({ code: 'wrong_credentials' })
  expect(await ada.run((ctx) => proveFactor(ctx, { kind: 'totp', code: right }, proving))).toEqual({ codesLeft: 10 })
  expect((await recorded(ada)).filter((name) => name.startsWith('core.mfa.'))).toEqual(['core.mfa.failed', 'core.mfa.passed'])
})

test('a factor of one person proves nothing for another', async () => {
  const [ada, eve] = [await newPerson(), await newPerson()]
  const [code = ''] = await ada.enrolTotp()
  await eve.enrolTotp()
  const proving = { grant: { kind: 'open' }, purpose: 'sign_in', done: mfaPassed(eve.accountId, { kind: 'recovery_code' }) } as const
  expect(await failureOf(eve.run((ctx) => proveFactor(ctx, { kind: 'recovery_code', code }, proving)))).toEqual({ code: 'wrong_credentials' })
})

test('wrong, used, unknown and answered already look alike from outside; a lock and what is over say so', () => {
  const code = (reason: 'wrong' | 'used' | 'none' | 'challenge' | 'session' | 'ticket' | 'stronger') => refusalOf({ ok: false, reason }).code
  expect((['wrong', 'used', 'none', 'challenge'] as const).map(code)).toEqual(Array.from({ length: 4 }, () => 'wrong_credentials'))
  expect((['session', 'ticket', 'stronger'] as const).map(code)).toEqual(['unauthenticated', 'gone', 'conflict'])
  expect(refusalOf({ ok: false, reason: 'locked', until: 7 })).toEqual({ code: 'locked', until: 7 })
})
