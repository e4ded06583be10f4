import { appendFileSync } from 'node:fs'
import process from 'node:process'

/**
 * What one harness came to, as `npm run harness` writes it down: the goal of security.md §3 it stands for, and its figures.
 * Printed too, with the seed, so that anyone can run it again.
 */
export function evidence(goal: `G${number}`, says: string, figures: Record<string, number | string>): void {
  console.log(`${goal} ${says}: ${Object.entries(figures).map(([name, value]) => `${name} ${value}`).join(', ')}`)
  if (process.env.HARNESS_EVIDENCE) appendFileSync(process.env.HARNESS_EVIDENCE, `${JSON.stringify({ goal, says, figures })}\n`)
}
