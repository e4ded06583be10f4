import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'

const ClockContext = createContext<number | undefined>(undefined)

/**
 * The time on the page, in epoch milliseconds. It starts from the server's `now` and runs by the browser's monotonic timer, so the
 * page never disagrees with the server because a laptop's clock is wrong, and the first browser render equals the server's.
 */
export function Clock({ now, children }: { now: number; children: ReactNode }) {
  const passed = usePassed(now, 10_000)
  return <ClockContext.Provider value={now + passed}>{children}</ClockContext.Provider>
}

/** Undefined where no Clock stands above. */
export function useClock(): number | undefined {
  return useContext(ClockContext)
}

/** Milliseconds since `from` last changed, by the monotonic timer, looked at every `everyMs` while somebody can see it. */
export function usePassed(from: number | undefined, everyMs: number): number {
  const [passed, setPassed] = useState(0)
  useEffect(() => {
    const start = performance.now()
    setPassed(0)
    const timer = setInterval(() => {
      if (!document.hidden) setPassed(performance.now() - start)
    }, everyMs)
    return () => clearInterval(timer)
  }, [from, everyMs])
  return passed
}
