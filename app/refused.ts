import type { FieldError } from '../worker/core/failure.ts'

/** What an action answers when the input was refused: shown beside the fields, with what was typed kept. */
export type Refused = {
  problem: { title: string; detail: string; code: string; errors: FieldError[]; /** Until when, in epoch milliseconds, where it is only for now. */ until?: number }
  typed: Record<string, string>
}

/** Sentences by the name of their field, from what an action answered. */
export function fieldErrors(refused: Refused | null | undefined): Record<string, string | undefined> {
  return Object.fromEntries((refused?.problem.errors ?? []).map(({ pointer, detail }) => [pointer.split('/')[1] ?? '', detail]))
}
