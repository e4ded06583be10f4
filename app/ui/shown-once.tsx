import type { ReactNode } from 'react'
import { CodeBlock } from './code-block.tsx'
import { Notice } from './notice.tsx'

/** A secret at the only moment it is shown: a new API key, recovery codes. */
export function ShownOnce({ title, label, text, children }: { title: string; label: string; text: string; children?: ReactNode }) {
  return (
    <section className="grid gap-3" aria-label={title}>
      <Notice tone="warn" title={title}>
        {children ?? 'It is not shown again. Copy it now and keep it where you keep passwords.'}
      </Notice>
      <CodeBlock label={label} text={text} wrap />
    </section>
  )
}
