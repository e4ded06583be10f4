import { expect, test } from 'vitest'
import { ledger, systems, tagsOf, tally, UnknownClaim } from './claims-ledger.ts'

const claims = ledger()
const report = (...results: [title: string, status: string][]) => ({
  testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: results.map(([title, status]) => ({ title, fullName: title, status })) }],
})

test('the ledger holds 520 claims of five systems, each id once', () => {
  expect(claims).toHaveLength(520)
  expect(new Set(claims.map((claim) => claim.id)).size).toBe(520)
  expect(systems.map((system) => claims.filter((claim) => claim.system === system).length)).toEqual([82, 90, 127, 100, 121])
  for (const claim of claims) expect(claim.id.startsWith(`${claim.system}-`) && claim.claim.length > 4 && claim.proof.length > 2).toBe(true)
})

test('a claim is proven when a test carries it and every test that carries it passed', () => {
  const counted = tally(claims, report(['[CIQ-35][SPO-08] a link dies', 'passed'], ['[SPO-08] another', 'failed'], ['untagged [CIQ-01]', 'passed']))
  expect(counted.proven).toBe(1)
  expect(counted.systems.CIQ).toEqual({ proven: 1, total: 82 })
  expect(counted.systems.SPO).toEqual({ proven: 0, total: 100 })
  expect(counted.open).toHaveLength(519)
})

test('a tag that names no claim is refused', () => {
  expect(() => tally(claims, report(['[CIQ-99] never written', 'passed']))).toThrow(UnknownClaim)
})

test('tags stand before the sentence', () => {
  expect(tagsOf('[CIQ-35][CAL-100] both')).toEqual(['CIQ-35', 'CAL-100'])
  expect(tagsOf('a sentence about [CIQ-35]')).toEqual([])
})
