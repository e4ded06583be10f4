import { expect, test } from 'vitest'
import type { Actor } from '../ctx.ts'
import { bearerOf, isOwn } from './policy.ts'

const session = { sid: 'ses_one', openedAt: 0, seenAt: 0, mfaAt: null, provenAt: null }
const member: Actor = { kind: 'member', accountId: 'acc_dana', memberId: 'mem_dana', role: 'member', session }
const key: Actor = { kind: 'key', keyId: 'key_one', scopes: [] }
const system: Actor = { kind: 'system', job: 'retention' }
const visitor: Actor = { kind: 'visitor' }

test('a document is its uploader’s own, be it a person or a program', () => {
  const cases: [Actor, string, boolean][] = [[member, 'acc_dana', true], [member, 'acc_other', false], [member, 'mem_dana', false], [key, 'key_one', true], [key, 'acc_dana', false], [system, 'acc_dana', false], [visitor, 'acc_dana', false]]
  for (const [actor, createdBy, own] of cases) expect(isOwn(actor, { createdBy })).toBe(own)
})

test('a link is bound to a session or a key, and to nobody without one', () => {
  expect([member, key, system, visitor].map(bearerOf)).toEqual(['ses_one', 'key_one', null, null])
})
