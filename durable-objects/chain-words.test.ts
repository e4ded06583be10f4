import { expect, test } from 'vitest'

import type { ExportReason, ExportVerdict } from './chain-export.ts'
import { verdictInWords } from './chain-words.ts'

const complete: ExportVerdict = { state: 'complete', origin: 'cs.example/audit/tnt_a', tenant: 'tnt_a', size: 20, signedAt: Date.UTC(2026, 10, 22, 8), root: 'ab'.repeat(32), shown: 20, leftOut: 0, extends: null }

test('a complete export says up to where, and that it is silent about the rest', () => {
  expect(verdictInWords(complete)).toBe('complete up to 20, signed at 2026-11-22T08:00:00.000Z; of later entries this file says nothing.')
  expect(verdictInWords({ ...complete, shown: 6, leftOut: 14, extends: 12 })).toBe(
    'complete up to 20, signed at 2026-11-22T08:00:00.000Z; of later entries this file says nothing. Shown in full: 6; left out, present as hashes: 14. It extends the checkpoint you kept, of 12 entries.',
  )
})

test.each([
  ['entry_changed', 7, null, 8, 'broken: entry 7 was changed (line 8).'],
  ['out_of_order', 7, 8, 8, 'broken: entry 7 should come next, but entry 8 does; one is missing, repeated or out of its place (line 8).'],
  ['truncated', 7, null, null, 'broken: the end is missing, from entry 7 on.'],
  ['seen_not_extended', 7, null, null, 'broken: you kept a later checkpoint; this file lacks everything from entry 7 on.'],
  ['seen_not_extended', null, null, null, 'broken: this file does not contain the log as it was when you kept your checkpoint.'],
  ['bad_signature', null, null, 22, 'broken: the signature of the checkpoint is false (line 22).'],
] satisfies [ExportReason, number | null, number | null, number | null, string][])('%s is said in words', (reason, n, found, line, words) => {
  expect(verdictInWords({ state: 'broken', reason, n, found, line })).toBe(words)
})
