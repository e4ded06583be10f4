import { useClock } from './clock.tsx'
import { useHydrated } from './hydrated.ts'
import { exactTime, timeWords } from './time-words.ts'

/**
 * A moment in epoch milliseconds: relative in words, exact on hover. The server names it in UTC, the browser in the viewer's own zone.
 * Outside a Clock, and where `exact` is asked for, the exact time is the text.
 */
export function RelativeTime({ at, exact }: { at: number; exact?: boolean | undefined }) {
  const now = useClock()
  const full = exactTime(at, useHydrated() ? undefined : 'UTC')
  return (
    <time dateTime={new Date(at).toISOString()} title={full} className="whitespace-nowrap">
      {exact || now === undefined ? full : timeWords(at, now)}
    </time>
  )
}
