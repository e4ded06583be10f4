/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** Two-sided p of the Mann-Whitney U test, by its normal approximation with mid-ranks for ties: how likely so large a difference is where there is none. */
export function mannWhitney(left: readonly number[], right: readonly number[]): number {
  const all = [...left.map((value) => ({ value, isLeft: true })), ...right.map((value) => ({ value, isLeft: false }))].sort((a, b) => a.value - b.value)
  let [ranks, ties] = [0, 0]
  for (let at = 0; at < all.length; ) {
    let end = at
    while (end < all.length && all[end]?.value === all[at]?.value) end += 1
    const count = end - at
    ranks += all.slice(at, end).filter(({ isLeft }) => isLeft).length * ((at + 1 + end) / 2)
    ties += count ** 3 - count
    at = end
  }
  const [n, m, total] = [left.length, right.length, all.length]
  const spread = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))))
  if (spread === 0) return 1
  return 2 * (1 - normal((Math.abs(ranks - (n * (n + 1)) / 2 - (n * m) / 2)) / spread))
}

/** The standard normal distribution (Abramowitz and Stegun 26.2.17, to 7.5e-8). */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail
}
