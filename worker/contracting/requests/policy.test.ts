import { expect, test } from 'vitest'
import { extraParts } from '../carriers/contract.ts'
import { requestStates, type RequestKind, type RequestState } from './contract.ts'
import { isShared, mayMove, moves, movesFrom, obstaclesOf, statusFor, type Asked, type CopiedFacts, type CopiedLicence, type Side } from './policy.ts'

const TODAY = '2026-11-26'
const passport: CopiedFacts = { npn: '19283746', routingLast4: '0021', accountLast4: '6554', coverExpiresOn: '2027-05-01', amlOn: null, ceDueOn: null, hasEmployment: false, hasCheque: false }
const oregon: CopiedLicence = { state: 'OR', lines: ['life'], expiresOn: '2027-02-28', status: 'active' }
const asked = (change: Partial<Asked> = {}): Asked => ({ kind: 'contract', states: ['OR'], upline: null, carrier: { states: ['OR', 'WA'], lines: ['life', 'health'], asksFor: [] }, ...change })
const about = (...args: Parameters<typeof obstaclesOf>) => obstaclesOf(...args).map((obstacle) => obstacle.about)

test('nothing stands in the way of a request where each state has an active licence in a line of the carrier’s, the parts are there and the cover lasts', () => {
  expect(obstaclesOf(asked(), passport, [oregon], TODAY)).toEqual([])
})

test.each<[string, CopiedLicence[], string]>([
  ['none at all', [], 'There is no licence in OR.'],
  ['one that was only asked for', [{ ...oregon, status: 'pending' }], 'The licence in OR is not granted yet.'],
  ['a revoked one', [{ ...oregon, status: 'revoked' }], 'The licence in OR is not active.'],
  ['one that expired yesterday', [{ ...oregon, expiresOn: '2026-11-25' }], 'The licence in OR expired on 2026-11-25.'],
  ['one for other lines', [{ ...oregon, lines: ['property'] }], 'The licence in OR is for none of the carrier’s lines.'],
  ['one of another state', [{ ...oregon, state: 'WA' }], 'There is no licence in OR.'],
])('of licences: %s', (_, licences, says) => {
  expect(obstaclesOf(asked(), passport, licences, TODAY)).toEqual([{ about: 'licence.OR', says }])
})

test('a licence is asked for in every state, and a cover that ends today still lasts', () => {
  expect(about(asked({ states: ['OR', 'WA'] }), { ...passport, coverExpiresOn: TODAY }, [oregon], TODAY)).toEqual(['licence.WA'])
  expect(about(asked(), passport, [{ ...oregon, expiresOn: TODAY }], TODAY)).toEqual([])
})

test.each<[RequestKind, string[]]>([
  ['contract', ['npn', 'bank', 'cover', 'licence.OR']],
  ['add_state', ['npn', 'cover', 'licence.OR']],
  ['hierarchy_change', ['upline', 'npn', 'cover', 'licence.OR']],
  ['transfer', ['upline', 'npn', 'cover', 'licence.OR']],
])('of an empty passport, by kind: %s', (kind, missing) => {
  expect(about(asked({ kind }), { npn: null, routingLast4: null, accountLast4: null, coverExpiresOn: null, amlOn: null, ceDueOn: null, hasEmployment: false, hasCheque: false }, [], TODAY)).toEqual(missing)
})

test('what stands in its way is told, all of it: what this carrier asks for besides, a state it does not write, a passport that was never submitted, a cover that ran out', () => {
  const asking = asked({ carrier: { states: ['OR'], lines: ['life'], asksFor: Object.keys(extraParts) } })
  expect(about(asking, passport, [oregon], TODAY)).toEqual(['employment', 'aml', 'ce', 'voided_cheque'])
  expect(about(asking, { ...passport, amlOn: '2024-11-26', ceDueOn: TODAY, hasEmployment: true, hasCheque: true }, [oregon], TODAY)).toEqual([])
  expect(obstaclesOf(asking, { ...passport, amlOn: '2024-11-25', ceDueOn: TODAY, hasEmployment: true, hasCheque: true }, [oregon], TODAY)).toEqual([{ about: 'aml', says: 'Anti-money-laundering training counted until 2026-11-25.' }])
  expect(about(asked({ carrier: { states: ['WA'], lines: ['life'], asksFor: [] } }), passport, [oregon], TODAY)).toEqual(['carrier.OR'])
  expect(about(asked(), null, [], TODAY)).toEqual(['passport'])
  expect(obstaclesOf(asked(), { ...passport, coverExpiresOn: '2026-11-25' }, [oregon], TODAY)).toEqual([{ about: 'cover', says: 'Errors and omissions cover expired on 2026-11-25.' }])
})

const states = Object.keys(requestStates) as RequestState[] // `as`: the keys of a const object
test('every state is reached, and none but the last two is an end', () => {
  expect(states.filter((state) => state !== 'draft' && !moves.some(({ to }) => to === state))).toEqual([])
  expect(states.filter((state) => !moves.some(({ from }) => from.includes(state)))).toEqual(['declined', 'terminated'])
})

test.each<[RequestState, RequestState, Side, boolean]>([
  ['draft', 'ready', 'fmo', true],
  ['draft', 'ready', 'producer', false],
  ['ready', 'signed', 'producer', true],
  ['ready', 'signed', 'fmo', false],
  ['ready', 'transmitted', 'fmo', false],
  ['signed', 'transmitted', 'fmo', true],
  ['signed', 'transmitted', 'carrier', false],
  ['transmitted', 'accepted', 'carrier', true],
  ['transmitted', 'accepted', 'fmo', false],
  ['transmitted', 'terminated', 'fmo', false],
  ['returned', 'ready', 'fmo', true],
  ['transmitted', 'appointed', 'carrier', false],
  ['accepted', 'appointed', 'carrier', true],
  ['declined', 'accepted', 'carrier', false],
  ['terminated', 'ready', 'fmo', false],
])('from %s to %s by the %s: %s', (from, to, by, may) => {
  expect(mayMove(from, to, by)).toBe(may)
  expect(movesFrom(from, by).includes(to)).toBe(may)
})

test('while a returned request is mended the carrier still sees it as returned', () => {
  expect((['draft', 'ready', 'signed', 'returned', 'transmitted'] as const).map(statusFor)).toEqual(['returned', 'returned', 'returned', 'returned', 'transmitted'])
  expect(states.filter(isShared)).toEqual(['transmitted', 'accepted', 'returned', 'declined', 'appointed', 'terminated'])
})
