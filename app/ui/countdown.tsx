import { useClock, usePassed } from './clock.tsx'
import { useHydrated } from './hydrated.ts'
import { countdownWords, exactTime } from './time-words.ts'

/**
 * How long it is until a moment, second by second; `over` from then on. The server says it once, and a page without scripts stays
 * with that. Not read out as it runs: the exact moment is its title.
 */
export function Countdown({ at, over }: { at: number; over: string }) {
  const clock = useClock()
  const hydrated = useHydrated()
  const passed = usePassed(clock, 1_000)
  const full = exactTime(at, hydrated ? undefined : 'UTC')
  const left = clock === undefined ? null : at - clock - passed
  return (
    <time dateTime={new Date(at).toISOString()} title={full} data-figures className="whitespace-nowrap">
      {left === null ? full : left <= 0 ? over : countdownWords(left)}
    </time>
  )
}
