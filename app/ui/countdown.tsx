import { useEffect, useState } from 'react'
import { useClock } from './clock.tsx'
import { useHydrated } from './hydrated.ts'
import { countdownWords, exactTime } from './time-words.ts'

/**
 * How long it is until a moment, second by second; `over` from then on. The server says it once, and a page without scripts stays
 * with that. Not read out as it runs: the exact moment is its title.
 */
export function Countdown({ at, over }: { at: number; over: string }) {
  const clock = useClock()
  const hydrated = useHydrated()
  const [passed, setPassed] = useState(0)
  useEffect(() => {
    const start = performance.now()
    setPassed(0)
    const timer = setInterval(() => {
      if (!document.hidden) setPassed(performance.now() - start)
    }, 1_000)
    return () => clearInterval(timer)
  }, [clock])
  const full = exactTime(at, hydrated ? undefined : 'UTC')
  const left = clock === undefined ? null : at - clock - passed
  return (
    <time dateTime={new Date(at).toISOString()} title={full} data-figures className="whitespace-nowrap">
      {left === null ? full : left <= 0 ? over : countdownWords(left)}
    </time>
  )
}
