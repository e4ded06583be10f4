import fc from 'fast-check'
import { expect, test } from 'vitest'
import { manifests } from '../modules.ts'
import type { Actor } from './ctx.ts'
import { roles, type RightDeclaration } from './module.ts'
import { lowestRole, may, mayAs } from './rights.ts'
import { policyFields, presets, type Policy } from './tenancy/contract.ts'

const declared: readonly RightDeclaration[] = manifests.flatMap((manifest) => manifest.rights)
const session = { sid: 's', openedAt: 0, seenAt: 0, mfaAt: null, provenAt: null }
const member = (role: (typeof roles)[number]): Actor => ({ kind: 'member', accountId: 'acc', memberId: 'mem', role, session })
const policies = Object.values(presets)

test('[IFD-67] whoever is higher holds every right of whoever is lower, under every preset', () => {
  for (const policy of policies) {
    for (const right of declared) {
      const held = roles.filter((role) => mayAs(role, right, policy))
      expect(held, right.right).toEqual(roles.slice(roles.length - held.length))
    }
  }
})

test('the owner holds every right; a visitor and a key without the scope hold none', () => {
  for (const policy of policies) for (const right of declared) {
    expect(may(member('owner'), right, policy)).toBe(true)
    expect(may({ kind: 'visitor' }, right, policy)).toBe(false)
    expect(may({ kind: 'key', keyId: 'key', scopes: [] }, right, policy)).toBe(false)
    expect(may({ kind: 'key', keyId: 'key', scopes: ['another.scope'] }, right, policy)).toBe(false)
    expect(may({ kind: 'key', keyId: 'key', scopes: [right.keyScope ?? 'none'] }, right, policy)).toBe(right.keyScope !== undefined)
  }
})

test('a policy value raises the bar to the owner and never lowers it below what is declared', () => {
  fc.assert(
    fc.property(fc.constantFrom(...declared), fc.constantFrom('owner', 'owner_admin', 'on', 'off', 'anything'), (right, value) => {
      const policy = { ...presets.combined, ...(right.policy ? { [right.policy]: value } : {}) } as Policy // `as`: the value is forged on purpose
      const lowest = lowestRole(right, policy)
      expect(roles.indexOf(lowest)).toBeGreaterThanOrEqual(roles.indexOf(right.atLeast))
      expect(lowest).toBe(right.policy && value === 'owner' ? 'owner' : right.atLeast)
    }),
  )
})

test('every right has a name of its own, and the policy value it reads exists', () => {
  const names = declared.map(({ right }) => right)
  expect(new Set(names).size).toBe(names.length)
  for (const right of declared) if (right.policy) expect(Object.keys(policyFields)).toContain(right.policy)
})
