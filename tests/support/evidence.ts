import { TestRunner } from 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    evidence?: Evidence[]
  }
}

/** What one measurement came to: a goal of docs/evidence/README.md, what was measured, and its figures. */
export type Evidence = { readonly goal: `G${number}`; readonly says: string; readonly figures: Readonly<Record<string, number | string>> }

/** Kept with the result of the running test, from where `npm run harness` writes it down; and printed. */
export function evidence(goal: Evidence['goal'], says: string, figures: Evidence['figures']): void {
  console.log(`${goal} ${says}: ${Object.entries(figures).map(([name, value]) => `${name} ${value}`).join(', ')}`)
  const test = TestRunner.getCurrentTest()
  if (!test) throw new Error('evidence is given by a running test')
  test.meta.evidence = [...(test.meta.evidence ?? []), { goal, says, figures }]
}
