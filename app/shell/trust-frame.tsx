import type { ReactNode } from 'react'
import { SkipLink } from '../ui/app-frame.tsx'
import { Clock } from '../ui/clock.tsx'
import { Anchor } from '../ui/links.tsx'
import { SealTile } from '../ui/seal-mark.tsx'
import { CsrfProvider } from './post-form.tsx'
import { PublicFooter } from './public-frame.tsx'

export type TrustFrameProps = {
  /** Whose trust page: the tenant, the brand, or ours. */
  brand: string
  title: string
  lead?: ReactNode
  /** Links in the head: the machine-readable page, a way to ask for documents, sign-in. */
  actions?: ReactNode
  now: number
  csrf?: string | undefined
  children: ReactNode
}

/** The public face: one column, a statement, and then evidence. */
export function TrustFrame({ brand, title, lead, actions, now, csrf = '', children }: TrustFrameProps) {
  return (
    <CsrfProvider value={csrf}>
      <Clock now={now}>
        <SkipLink />
        <div className="mx-auto flex min-h-dvh max-w-[68rem] flex-col px-4 sm:px-6">
          <header className="flex flex-wrap items-center gap-x-2.5 gap-y-3 pt-6 sm:pt-10">
            <Anchor href="/" className="flex items-center gap-2.5 rounded-md text-md font-semibold">
              <SealTile />
              {brand}
            </Anchor>
            {brand === 'Countersign' ? null : <span className="text-sm text-ink-3">on Countersign</span>}
            {actions ? <div className="ms-auto flex flex-wrap gap-2">{actions}</div> : null}
          </header>
          <main id="main" tabIndex={-1} className="grid flex-1 content-start gap-10 py-10 outline-none sm:py-14">
            <div className="grid gap-4">
              <h1 className="max-w-[19ch] text-display font-bold tracking-[-0.032em]">{title}</h1>
              {lead ? <p className="max-w-[60ch] text-lg text-pretty text-ink-2">{lead}</p> : null}
            </div>
            {children}
          </main>
          <div className="-mx-4 border-t border-line sm:-mx-6">
            <PublicFooter />
          </div>
        </div>
      </Clock>
    </CsrfProvider>
  )
}
