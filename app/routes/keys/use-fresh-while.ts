import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

/** How often the page asks again while its tab is in view. */
const EVERY_MS = 2_000

/** Asks the page's own loader again while something is under way, so that a session that ended ends this too. Without scripts, reload. */
export function useFreshWhile(underWay: boolean): void {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    if (!underWay || state !== 'idle') return
    const timer = setInterval(() => {
      if (!document.hidden) revalidate()
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [underWay, state, revalidate])
}
