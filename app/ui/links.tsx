import { Form, Link, useInRouterContext } from '@remix-run/react'
import type { AnchorHTMLAttributes, FormHTMLAttributes, ReactNode, Ref } from 'react'

/**
 * The one file of the kit that knows the router. Inside it, links and filter forms move without a page load;
 * outside (an error page, a test) they are the plain elements, and without JavaScript always.
 */
export type AnchorProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'style' | 'href'> & {
  href: string
  /** A full page load: downloads, other entry points, anything the router has no page for. */
  reload?: boolean | undefined
  anchorRef?: Ref<HTMLAnchorElement> | undefined
}

export function Anchor({ href, reload, anchorRef, ...rest }: AnchorProps) {
  const routed = useInRouterContext()
  const leaves = reload || /^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(href)
  if (!routed || leaves) return <a ref={anchorRef} href={href} {...rest} />
  return <Link ref={anchorRef} to={href} {...rest} />
}

export type GetFormProps = Omit<FormHTMLAttributes<HTMLFormElement>, 'method' | 'style' | 'action'> & {
  action?: string | undefined
  children: ReactNode
}

/** A form whose answer is a URL. */
export function GetForm({ action, ...rest }: GetFormProps) {
  const routed = useInRouterContext()
  if (!routed) return <form method="get" action={action} {...rest} />
  return <Form method="get" {...(action === undefined ? {} : { action })} {...rest} />
}
