import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from '@remix-run/react'
import type { LinksFunction, MetaFunction } from '@remix-run/cloudflare'
import type { ReactNode } from 'react'

import { useNonce } from './nonce.ts'
import { page } from './page.ts'
import { PublicFrame } from './shell/public-frame.tsx'
import styles from './styles/app.css?url'
import favicon from './styles/favicon.svg?url'
import { LinkButton } from './ui/button.tsx'
import themeBoot from './ui/theme-boot.js?url'
import zodWithoutEval from './zod-without-eval.js?url'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: styles },
  { rel: 'icon', href: favicon, type: 'image/svg+xml' },
]

/** Every page has a title of its own; this one is for the error page and for whatever forgets (WCAG 2.4.2). */
export const meta: MetaFunction = ({ error }) => [{ title: error === undefined ? 'Countersign' : `${wordsFor(error).title} · Countersign` }]

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  return (
    // The script below may have set a theme on this element before React arrives.
    <html lang="en" suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fbfbfa" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#111213" media="(prefers-color-scheme: dark)" />
        <script nonce={nonce} src={themeBoot} suppressHydrationWarning />
        <script nonce={nonce} src={zodWithoutEval} suppressHydrationWarning />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

/** Throws what the door refused, so that a refusal before any route has the same page as one inside it. */
export const loader = page(async () => null)

export default function Root() {
  return <Outlet />
}

/** The one error page: what happened, in words, and what to do next. Never a stack, never a row. */
export function ErrorBoundary() {
  const { title, detail } = wordsFor(useRouteError())
  return (
    <PublicFrame title={title} csrf="" lead={detail}>
      <LinkButton href="/" reload>
        Back to the start
      </LinkButton>
    </PublicFrame>
  )
}

function wordsFor(error: unknown): { title: string; detail: string } {
  const known = isRouteErrorResponse(error)
  const problem: unknown = known ? error.data : null
  const absent = known && error.status === 404
  return {
    title: textIn(problem, 'title') ?? (absent ? 'Not found' : 'Something went wrong on our side'),
    detail: textIn(problem, 'detail') ?? (absent ? 'There is nothing here that you can open.' : 'Nothing was lost. Try again in a moment; if it stays, tell the owner of your tenant.'),
  }
}

function textIn(problem: unknown, name: 'title' | 'detail'): string | undefined {
  if (typeof problem !== 'object' || problem === null || !(name in problem)) return undefined
  const text = (problem as Record<string, unknown>)[name] // `as`: an object that has this name
  return typeof text === 'string' ? text : undefined
}
