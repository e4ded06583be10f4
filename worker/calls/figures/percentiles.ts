import type { Latency } from './contract.ts'

const shares = [0.5, 0.9, 0.99] as const

/** Where each percentile stands among so many in order (nearest rank): with ten, the ninth is the 90th percentile. */
export const placesOf = (count: number): readonly [number, number, number] => shares.map((share) => Math.max(0, Math.ceil(share * count) - 1)) as [number, number, number] // `as`: three in, three out

export const latencyOf = (count: number, [p50, p90, p99]: readonly (number | null)[]): Latency => (count === 0 ? null : { count, p50: p50 ?? 0, p90: p90 ?? 0, p99: p99 ?? 0 })
