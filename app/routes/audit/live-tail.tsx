import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { LinkButton } from '../../ui/button.tsx'
import { auditHref, type AuditPlace } from './audit-links.ts'

/** How often a live log asks again while its tab is in view. */
const EVERY_MS = 3_000

/**
 * Keeps the newest entries coming. It asks through the page's own loader, so that a session that ended or a role that was
 * taken away ends it too; a hidden tab asks nothing.
 */
export function LiveTail({ place }: { place: AuditPlace }) {
  const { revalidate, state } = useRevalidator()
  const idle = state === 'idle'
  // One timer from answer to question: a slow answer is waited for, and none is asked twice.
  useEffect(() => {
    if (!place.live || !idle) return
    const ask = () => {
      if (!document.hidden) revalidate()
    }
    const timer = setInterval(ask, EVERY_MS)
    return () => clearInterval(timer)
  }, [place.live, idle, revalidate])
  return (
    <LinkButton href={auditHref({ ...place, before: null, live: !place.live })} icon={place.live ? 'close' : 'refresh'}>
      {place.live ? 'Stop following' : 'Follow live'}
    </LinkButton>
  )
}
