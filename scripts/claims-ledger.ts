import { readFileSync } from 'node:fs'
import type { TestReport } from './test-report.ts'

/** One of the 520 claims, as docs/claims.json has it. */
export type Claim = {
  id: string
  system: System
  claim: string
  kind: 'feature' | 'control' | 'number' | 'process' | 'infrastructure' | 'legal'
  block: string
  /** What must be seen for the claim to count as proven. */
  proof: string
  status: 'active' | 'provider' | 'process' | 'roadmap'
}

export const systems = ['CIQ', 'CLN', 'IFD', 'SPO', 'CAL'] as const
export type System = (typeof systems)[number]

/** What `npm run claims -- --json` prints. */
export type Tally = {
  proven: number
  total: number
  systems: Record<System, { proven: number; total: number }>
  /** Ids not proven, in ledger order. */
  open: string[]
}

/** A run that cannot be counted: a tag that names no claim. */
export class UnknownClaim extends Error {}

export const ledger = (): Claim[] => JSON.parse(readFileSync('docs/claims.json', 'utf8')) as Claim[] // `as`: our own file, held by a test

/** The ids a test's title carries: `[CIQ-35][SPO-08] a link dies …` carries two. Tags stand first and nowhere else. */
export function tagsOf(title: string): string[] {
  const [tags] = /^(\[[A-Z]{3}-\d{2,3}\])+/.exec(title) ?? ['']
  return [...tags.matchAll(/\[([A-Z]{3}-\d{2,3})\]/g)].map(([, id]) => id ?? '')
}

/** Which claims a report proves: at least one test carries the id and all that carry it passed. */
export function tally(claims: readonly Claim[], report: Pick<TestReport, 'testResults'>): Tally {
  const known = new Set(claims.map((claim) => claim.id))
  const verdicts = new Map<string, boolean>()
  for (const { title, status } of report.testResults.flatMap((file) => file.assertionResults)) {
    for (const id of tagsOf(title)) {
      if (!known.has(id)) throw new UnknownClaim(`"${title}" names ${id}, which docs/claims.json does not have.`)
      verdicts.set(id, (verdicts.get(id) ?? true) && status === 'passed')
    }
  }
  const proven = (claim: Claim) => verdicts.get(claim.id) === true
  const count = (some: readonly Claim[]) => ({ proven: some.filter(proven).length, total: some.length })
  return {
    ...count(claims),
    // `as`: fromEntries forgets that every system is there
    systems: Object.fromEntries(systems.map((system) => [system, count(claims.filter((claim) => claim.system === system))])) as Tally['systems'],
    open: claims.filter((claim) => !proven(claim)).map((claim) => claim.id),
  }
}
