import type { ReactNode } from 'react'
import { SkipLink } from '../ui/app-frame.tsx'
import { Anchor } from '../ui/links.tsx'
import { Rosette } from '../ui/rosette.tsx'
import { SealTile } from '../ui/seal-mark.tsx'
import { ThemeToggle } from '../ui/theme-toggle.tsx'
import { CsrfProvider } from './post-form.tsx'

export type PublicFrameProps = {
  title: string
  lead?: ReactNode
  /** Whose page this is, where a tenant or brand is known from the host; else ours. */
  brand?: string | undefined
  /** Below the card: the other way in, a link to sign up. */
  after?: ReactNode
  /** `wide` for an application form, `narrow` for a question. */
  width?: 'narrow' | 'wide' | undefined
  csrf: string
  children: ReactNode
}

/** Around every page a signed-out person sees: sign-in, invitations, resets, public forms. Nothing in it needs a script. */
export function PublicFrame({ title, lead, brand = 'Countersign', after, width = 'narrow', csrf, children }: PublicFrameProps) {
  return (
    <CsrfProvider value={csrf}>
      <SkipLink />
      <div className="relative isolate flex min-h-dvh flex-col overflow-clip">
        <Rosette size={1080} className="absolute -end-[26rem] -top-[30rem] -z-10 max-w-none text-engraving max-sm:hidden" />
        <header className="flex items-center gap-2.5 px-5 py-4">
          <Anchor href="/" className="flex items-center gap-2.5 rounded-md font-semibold">
            <SealTile />
            {brand}
          </Anchor>
          {brand === 'Countersign' ? null : <span className="text-sm text-ink-3">on Countersign</span>}
        </header>
        <main id="main" tabIndex={-1} className="grid flex-1 content-center justify-items-center px-4 py-8 outline-none">
          <div className={width === 'wide' ? 'grid w-full max-w-160 gap-4' : 'grid w-full max-w-100 gap-4'}>
            <div className="rounded-xl border border-line bg-panel px-5 py-6 shadow-card sm:px-8 sm:py-8">
              <header className="mb-6 grid gap-1.5">
                <h1 className="text-2xl font-semibold tracking-[-0.016em]">{title}</h1>
                {lead ? <p className="text-pretty text-ink-2">{lead}</p> : null}
              </header>
              {children}
            </div>
            {after ? <div className="text-center text-sm text-ink-2">{after}</div> : null}
          </div>
        </main>
        <PublicFooter />
      </div>
    </CsrfProvider>
  )
}

/** The same three ways at the foot of every public page, in the same order (WCAG 3.2.6). */
export function PublicFooter() {
  return (
    <footer className="flex flex-wrap items-center gap-x-5 gap-y-2 px-5 py-4 text-sm text-ink-2">
      <Anchor href="/trust" className="inline-flex min-h-6 items-center hover:text-ink hover:underline">
        Trust page
      </Anchor>
      <Anchor href="/api/docs" reload className="inline-flex min-h-6 items-center hover:text-ink hover:underline">
        API
      </Anchor>
      <Anchor href="/.well-known/security.txt" reload className="inline-flex min-h-6 items-center hover:text-ink hover:underline">
        Report a vulnerability
      </Anchor>
      <span className="ms-auto">
        <ThemeToggle />
      </span>
    </footer>
  )
}
