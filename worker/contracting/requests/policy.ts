import type { ExtraPart } from '../carriers/contract.ts'
import { amlExpiresOn } from '../passport/contract.ts'
import { requestKinds, requestStates, type ApplicationStatus, type Obstacle, type RequestKind, type RequestState } from './contract.ts'

/** Whose move it is. */
export type Side = 'fmo' | 'producer' | 'carrier'

type Move = { readonly to: RequestState; readonly from: readonly RequestState[]; readonly by: readonly Side[] }

/** Every way from one state to another. What is not here does not happen. */
export const moves: readonly Move[] = [
  { to: 'ready', from: ['draft', 'returned'], by: ['fmo'] },
  { to: 'draft', from: ['ready', 'signed', 'returned'], by: ['fmo'] },
  { to: 'signed', from: ['ready'], by: ['producer'] },
  { to: 'transmitted', from: ['signed'], by: ['fmo'] },
  { to: 'accepted', from: ['transmitted'], by: ['carrier'] },
  { to: 'returned', from: ['transmitted', 'accepted'], by: ['carrier'] },
  { to: 'declined', from: ['transmitted', 'accepted'], by: ['carrier'] },
  { to: 'appointed', from: ['accepted'], by: ['carrier'] },
  { to: 'terminated', from: ['draft', 'ready', 'signed', 'returned'], by: ['fmo'] },
  { to: 'terminated', from: ['appointed'], by: ['fmo', 'carrier'] },
]

export const mayMove = (from: RequestState, to: RequestState, by: Side): boolean => moves.some((move) => move.to === to && move.from.includes(from) && move.by.includes(by))

/** Where a side may bring a request from here. */
export const movesFrom = (from: RequestState, by: Side): RequestState[] => moves.filter((move) => move.from.includes(from) && move.by.includes(by)).map(({ to }) => to)

/** What lies in clear of a passport's copy, as far as gates ask. */
export type CopiedFacts = {
  readonly npn: string | null
  readonly routingLast4: string | null
  readonly accountLast4: string | null
  readonly coverExpiresOn: string | null
  readonly amlOn: string | null
  readonly ceDueOn: string | null
  readonly hasEmployment: boolean
  readonly hasCheque: boolean
}
export type CopiedLicence = { readonly state: string; readonly lines: readonly string[]; readonly expiresOn: string | null; readonly status: string }

/** What can be asked for beside what every submitted passport has. */
export type Part = 'npn' | 'bank' | 'cover' | ExtraPart

/** What each kind of request needs beside an active licence in each state: parts of the passport, somebody to stand under. */
const needs: Readonly<Record<RequestKind, { readonly parts: readonly Part[]; readonly upline: boolean }>> = {
  contract: { parts: ['npn', 'bank', 'cover'], upline: false },
  add_state: { parts: ['npn', 'cover'], upline: false },
  hierarchy_change: { parts: ['npn', 'cover'], upline: true },
  transfer: { parts: ['npn', 'cover'], upline: true },
}

/** What a request asks for, of whom. */
export type Asked = { readonly kind: RequestKind; readonly states: readonly string[]; readonly upline: string | null; readonly carrier: { readonly states: readonly string[]; readonly lines: readonly string[]; readonly asksFor: readonly string[] } }

/**
 * What stands in the way of a request on a day (`2026-11-26`), each thing by itself: a licence that is not active in a state
 * asked for, a part of the passport that is missing, a cover that has expired. None: it may go on.
 */
export function obstaclesOf(asked: Asked, passport: CopiedFacts | null, licences: readonly CopiedLicence[], today: string): Obstacle[] {
  const rules = needs[asked.kind]
  const abroad = asked.states.filter((state) => !asked.carrier.states.includes(state)).map((state) => ({ about: `carrier.${state}`, says: `The carrier does not write business in ${state}.` }))
  const upline = rules.upline && asked.upline === null ? [{ about: 'upline', says: `${requestKinds[asked.kind]} needs an upline.` }] : []
  if (!passport) return [...abroad, ...upline, { about: 'passport', says: 'The producer has not submitted a passport yet.' }]
  const parts = [...new Set<string>([...rules.parts, ...asked.carrier.asksFor])].flatMap((part) => (isPart(part) ? (missing[part](passport, today) ?? []) : []))
  return [...abroad, ...upline, ...parts, ...asked.states.flatMap((state) => licenceObstacle(state, asked.carrier.lines, licences, today))]
}

/**
 * What a producer still lacks for a contract with a carrier on a day, whichever state it will be asked for: parts of the
 * passport, and an active licence for the carrier's lines in at least one of its states.
 */
export function missingFor(carrier: Asked['carrier'], passport: CopiedFacts | null, licences: readonly CopiedLicence[], today: string): Obstacle[] {
  const parts = obstaclesOf({ kind: 'contract', states: [], upline: null, carrier }, passport, licences, today)
  const licensed = carrier.states.some((state) => licenceObstacle(state, carrier.lines, licences, today).length === 0)
  return licensed || !passport ? parts : [...parts, { about: 'licence', says: 'There is no active licence for the carrier’s lines in any of its states.' }]
}

const isPart = (word: string): word is Part => word in missing

const missing: Readonly<Record<Part, (passport: CopiedFacts, today: string) => Obstacle[] | null>> = {
  npn: ({ npn }) => (npn === null ? [{ about: 'npn', says: 'The national producer number is missing.' }] : null),
  bank: ({ routingLast4, accountLast4 }) => (routingLast4 === null || accountLast4 === null ? [{ about: 'bank', says: 'The bank account is missing.' }] : null),
  cover: ({ coverExpiresOn }, today) =>
    coverExpiresOn === null ? [{ about: 'cover', says: 'Errors and omissions cover is missing.' }] : coverExpiresOn < today ? [{ about: 'cover', says: `Errors and omissions cover expired on ${coverExpiresOn}.` }] : null,
  aml: ({ amlOn }, today) =>
    amlOn === null ? [{ about: 'aml', says: 'Anti-money-laundering training is missing.' }] : amlExpiresOn(amlOn) < today ? [{ about: 'aml', says: `Anti-money-laundering training counted until ${amlExpiresOn(amlOn)}.` }] : null,
  ce: ({ ceDueOn }, today) => (ceDueOn === null ? [{ about: 'ce', says: 'Continuing education is missing.' }] : ceDueOn < today ? [{ about: 'ce', says: `Continuing education was due on ${ceDueOn}.` }] : null),
  employment: ({ hasEmployment }) => (hasEmployment ? null : [{ about: 'employment', says: 'The employment history is missing.' }]),
  voided_cheque: ({ hasCheque }) => (hasCheque ? null : [{ about: 'voided_cheque', says: 'A voided cheque is missing.' }]),
}

function licenceObstacle(state: string, lines: readonly string[], licences: readonly CopiedLicence[], today: string): Obstacle[] {
  const here = licences.filter((licence) => licence.state === state)
  const about = `licence.${state}`
  if (here.length === 0) return [{ about, says: `There is no licence in ${state}.` }]
  const active = here.filter(({ status }) => status === 'active')
  if (active.length === 0) return [{ about, says: `The licence in ${state} is ${here[0]?.status === 'pending' ? 'not granted yet' : 'not active'}.` }]
  const current = active.filter(({ expiresOn }) => expiresOn === null || expiresOn >= today)
  if (current.length === 0) return [{ about, says: `The licence in ${state} expired on ${active[0]?.expiresOn}.` }]
  return current.some((licence) => licence.lines.some((line) => lines.includes(line))) ? [] : [{ about, says: `The licence in ${state} is for none of the carrier’s lines.` }]
}

/** What a carrier is told of a state: nothing of what is done before a request is handed over again. */
export const statusFor = (state: RequestState): ApplicationStatus => (state === 'draft' || state === 'ready' || state === 'signed' ? 'returned' : state)

/** Whether a state is the carrier's to know. */
export const isShared = (state: RequestState): state is ApplicationStatus => state !== 'draft' && state !== 'ready' && state !== 'signed'

export const sayMove = (from: RequestState, to: RequestState): string => `It is “${requestStates[from].toLowerCase()}” now, and cannot become “${requestStates[to].toLowerCase()}” from there. Load it again and see what came in between.`
