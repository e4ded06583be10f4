import { expect, test } from 'vitest'
import { latencyOf, placesOf } from './percentiles.ts'

test('a percentile is the value at its nearest rank: one that was measured, never one in between', () => {
  const of = (values: readonly number[]) => latencyOf(values.length, placesOf(values.length).map((place) => values[place] ?? null))
  expect(of([])).toBeNull()
  expect(of([7])).toEqual({ count: 1, p50: 7, p90: 7, p99: 7 })
  expect(of(Array.from({ length: 10 }, (_, at) => at + 1))).toEqual({ count: 10, p50: 5, p90: 9, p99: 10 })
  expect(of(Array.from({ length: 1000 }, (_, at) => at + 1))).toEqual({ count: 1000, p50: 500, p90: 900, p99: 990 })
})
