import type { ReactNode } from 'react'

/** What most rows need not show. */
export function Disclosure({ label, open, children }: { label: string; open: boolean; children: ReactNode }) {
  return (
    <details open={open}>
      <summary className="inline-flex min-h-6 cursor-pointer items-center text-xs text-ink-2 hover:text-ink">
        Text, spelling and condition<span className="sr-only">: {label}</span>
      </summary>
      <div className="mt-2 grid gap-2 sm:grid-cols-2">{children}</div>
    </details>
  )
}
