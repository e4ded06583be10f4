import type { ReactNode } from 'react'

/** Fields that belong together. On a wide page the words stand left of them, on a narrow one above. */
export function FormSection({ title, description, children }: { title: string; description?: ReactNode; children: ReactNode }) {
  return (
    <section className="grid gap-x-10 gap-y-4 border-t border-line py-6 first:border-t-0 first:pt-0 last:pb-0 lg:grid-cols-[minmax(0,16rem)_minmax(0,34rem)]">
      <header className="grid content-start gap-1">
        <h2 className="text-base font-semibold">{title}</h2>
        {description ? <p className="text-sm text-pretty text-ink-2">{description}</p> : null}
      </header>
      <div className="grid content-start gap-4">{children}</div>
    </section>
  )
}

/** The row of buttons that ends a form: what it does first, the way out last. */
export function FormActions({ children, note }: { children: ReactNode; note?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-2.5 pt-1">
      {children}
      {note ? <span className="text-sm text-ink-3">{note}</span> : null}
    </div>
  )
}
