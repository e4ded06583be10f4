import type { ReactNode } from 'react'

/** Blocks of a page under one another, at the page's own distance. */
export function Stack({ children, gap = 'lg' }: { children: ReactNode; gap?: 'sm' | 'md' | 'lg' }) {
  return <div className={{ sm: 'grid gap-2', md: 'grid gap-4', lg: 'grid gap-6' }[gap]}>{children}</div>
}

/** Things side by side that wrap when they must. */
export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>
}

/** The main matter and, beside it on a wide page and below it on a narrow one, what accompanies it. */
export function Split({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_21.5rem]">
      <div className="grid min-w-0 gap-6">{children}</div>
      <aside className="grid min-w-0 gap-6">{side}</aside>
    </div>
  )
}
