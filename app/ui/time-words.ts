const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/**
 * How far `at` is from `now`, both epoch milliseconds, in the words a person would use: "12 s ago", "in 3 days".
 * Rounded towards zero, so that nothing is said to have happened before it did.
 */
export function timeWords(at: number, now: number): string {
  const distance = Math.abs(now - at)
  if (distance < 5 * second) return 'just now'
  const [count, unit] = inUnits(distance)
  const abbreviated = unit === 's' || unit === 'min' || unit === 'h'
  const words = abbreviated || count === 1 ? `${count} ${unit}` : `${count} ${unit}s`
  return at <= now ? `${words} ago` : `in ${words}`
}

function inUnits(distance: number): [number, string] {
  if (distance < minute) return [Math.floor(distance / second), 's']
  if (distance < hour) return [Math.floor(distance / minute), 'min']
  if (distance < day) return [Math.floor(distance / hour), 'h']
  if (distance < 60 * day) return [Math.floor(distance / day), 'day']
  if (distance < 730 * day) return [Math.floor(distance / (30.44 * day)), 'month']
  return [Math.floor(distance / (365.25 * day)), 'year']
}

/** The exact moment, to the second, with its zone named. Without a zone: the viewer's. */
export function exactTime(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(at)
}

/** "31 Mar 2027". A date without a time has no zone; pass epoch milliseconds at midnight UTC. */
export function dateWords(at: number, timeZone = 'UTC'): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(at)
}

/** "31 Mar", of a UTC day written `2027-03-31`: short enough for an axis. */
export function dayWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.parse(day))
}

/** "180 ms", "41 s", "3 min 41 s", "2 h 5 min": a span in milliseconds, two units at most. */
export function spanWords(span: number): string {
  if (span < second) return `${Math.round(span)} ms`
  const pairs: Array<[number, string]> = [[day, 'd'], [hour, 'h'], [minute, 'min'], [second, 's']]
  const first = pairs.findIndex(([length]) => span >= length)
  return pairs
    .slice(first, first + 2)
    .map(([length, unit], at) => ({ unit, count: Math.floor((at === 0 ? span : span % (pairs[first]?.[0] ?? 1)) / length) }))
    .filter(({ count }, at) => at === 0 || count > 0)
    .map(({ count, unit }) => `${count} ${unit}`)
    .join(' ')
}

/** "2:05" below an hour, "3 h 05 min" below a day, "12 d 3 h" above: what is left of a span in milliseconds, never less than it is. */
export function countdownWords(left: number): string {
  const seconds = Math.ceil(left / second)
  const two = (count: number) => String(count).padStart(2, '0')
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
  return `${Math.floor(minutes / 1_440)} d ${Math.floor((minutes % 1_440) / 60)} h`
}
