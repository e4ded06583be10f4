import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AssertionField, PasskeyName, RegistrationField, SecondProof, StepUpProof, TotpCode } from './factor-contract.ts'

test('six digits are read however they are spaced, and nothing else is', () => {
  expect(['123456', '123 456', ' 12-34-56 '].map((typed) => TotpCode.parse(typed))).toEqual(['123456', '123456', '123456'])
  expect(['12345', '1234567', '12345a', '١٢٣٤٥٦', ''].filter((typed) => TotpCode.safeParse(typed).success)).toEqual([])
})

test('a password proves something again, but is no second factor', () => {
  expect(StepUpProof.safeParse({ kind: 'password', password: 'x' }).success).toBe(true)
  expect(SecondProof.safeParse({ kind: 'password', password: 'x' }).success).toBe(false)
})

test('whatever a form field holds, reading an authenticator answer never throws', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    AssertionField.safeParse(text)
    RegistrationField.safeParse(text)
    return true
  }))
})

test('a passkey needs a name that fits on a line', () => {
  expect(['', '   ', 'x'.repeat(61)].filter((name) => PasskeyName.safeParse(name).success)).toEqual([])
  expect(PasskeyName.parse('  Ada’s phone ')).toBe('Ada’s phone')
})
