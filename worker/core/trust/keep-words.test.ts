import { expect, test } from 'vitest'
import { keepInWords } from './keep-words.ts'

test('a period is said in the unit a person would use, and what is never kept is said to be', () => {
  const DAY = 86_400_000
  expect([{ ms: 0 }, { ms: 300_000 }, { ms: 2 * 3_600_000 }, { ms: DAY }, { ms: 30 * DAY }].map(keepInWords)).toEqual(['never', '5 minutes', '2 hours', '1 day', '30 days'])
  expect([keepInWords({ policy: 'call.sync_delay_s' }), keepInWords({ life: 'tenant' })]).toEqual(['by policy: call.sync_delay_s', 'as long as the tenant lives'])
})
