import { expect, test } from 'vitest'

import { newVault, reasonOf } from '../../../tests/support/vault-scene.ts'
import { grantReveal, type RevealGrant } from './reveal-grant.ts'
import type { SealedCell, SealedClass } from './sealed.ts'

const field = { name: 'contracting.agent.secret', class: 'secret' } as const
const entry = { verb: 'reveal-agent-secret', field: 'contracting.agent.secret', reveals: true } as const

test('a secret is opened by a verb whose manifest entry says that it reveals it', async () => {
  const { vault } = await newVault()
  const cell = await vault.seal(field, 'agt_1', { ssn: '123-45-6789' })
  expect(await vault.reveal<{ ssn: string }>(grantReveal(entry), field, 'agt_1', cell)).toEqual({ ssn: '123-45-6789' })
})

test('a grant for another field opens nothing', async () => {
  const { vault } = await newVault()
  const cell = await vault.seal(field, 'agt_1', 'x')
  expect(await reasonOf(vault.reveal(grantReveal({ ...entry, field: 'core.account.totp' }), field, 'agt_1', cell))).toBe('class_refused')
})

test('opening a secret without a grant does not compile, and is refused if forced', async () => {
  const { vault } = await newVault()
  const cell = await vault.seal(field, 'agt_1', 'x')
  const unknownClass: { name: string; class: SealedClass } = field
  // @ts-expect-error a secret is not opened like a contact
  expect(await reasonOf(vault.open(field, 'agt_1', cell))).toBe('class_refused')
  // @ts-expect-error a field of unknown class might be a secret
  expect(await reasonOf(vault.open(unknownClass, 'agt_1', cell))).toBe('class_refused')
  // @ts-expect-error nor on a list
  expect(await reasonOf((async () => vault.openMany(field, [{ id: 'agt_1', cell }]))())).toBe('class_refused')
  const salted = await vault.withNewSalt('agent', 'agt_1')
  // @ts-expect-error nor under a subject's own key
  expect(await reasonOf(salted.open(field, 'agt_1', cell))).toBe('class_refused')
})

test('a grant cannot be had any other way: look-alikes do not compile and are refused if forced', async () => {
  const { vault } = await newVault()
  const cell = await vault.seal(field, 'agt_1', 'x')
  // @ts-expect-error an entry that does not reveal
  expect(() => grantReveal({ ...entry, reveals: false })).toThrowError(expect.objectContaining({ reason: 'class_refused' }))
  const maybe: boolean = Date.parse('2026-01-01') > 0
  // @ts-expect-error an entry that may or may not reveal
  grantReveal({ ...entry, reveals: maybe })
  // @ts-expect-error an object of the same look
  const lookAlike: RevealGrant = { entry }
  expect(await reasonOf(vault.reveal(lookAlike, field, 'agt_1', cell))).toBe('class_refused')
  const inherited = Object.create(Object.getPrototypeOf(grantReveal(entry)) as object) as RevealGrant // forced: a prototype without the #private part
  expect(await reasonOf(vault.reveal(inherited, field, 'agt_1', cell))).toBe('class_refused')
  expect(await reasonOf(vault.reveal(null as unknown as RevealGrant, field, 'agt_1', cell))).toBe('class_refused')
})

test('a plain string does not fit where a sealed value belongs', () => {
  // @ts-expect-error plaintext is not Sealed
  const cell: SealedCell = { sealed: '123-45-6789', sealVersion: 1 }
  expect(cell.sealVersion).toBe(1)
})
