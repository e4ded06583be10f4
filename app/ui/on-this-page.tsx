import type { ReactNode } from 'react'
import { Anchor } from './links.tsx'

/** The parts of a long page by name. Plain fragments: they work without scripts and can be sent to a colleague. */
export function OnThisPage({ parts }: { parts: ReadonlyArray<{ id: string; label: ReactNode }> }) {
  return (
    <nav aria-label="On this page">
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {parts.map(({ id, label }) => (
          <li key={id}>
            <Anchor href={`#${id}`} className="inline-flex min-h-6 items-center text-ink-2 underline decoration-line-2 underline-offset-4 hover:text-ink hover:decoration-current">
              {label}
            </Anchor>
          </li>
        ))}
      </ul>
    </nav>
  )
}
