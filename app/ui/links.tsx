import { Form, Link, useInRouterContext, useLocation, useNavigation, useSubmit } from '@remix-run/react'
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

export type GetFormProps = Pick<FormHTMLAttributes<HTMLFormElement>, 'className' | 'onChange' | 'id'> & {
  action: string
  formRef?: Ref<HTMLFormElement> | undefined
  children: ReactNode
}

/** A form whose answer is a URL. */
export function GetForm({ formRef, ...rest }: GetFormProps) {
  const routed = useInRouterContext()
  return routed ? <Form method="get" ref={formRef} {...rest} /> : <form method="get" ref={formRef} {...rest} />
}

export type ActionFormProps = Omit<GetFormProps, 'action'> & {
  /** Left out: the page's own address. */
  action?: string | undefined
  /** A full page load after it: what changes who is signed in, or where. */
  reload?: boolean | undefined
}

/** A form that changes something. The same request with and without scripts; with them, typed text and focus stay when it is refused. */
export function ActionForm({ formRef, reload, ...rest }: ActionFormProps) {
  const routed = useInRouterContext()
  return routed ? <Form method="post" ref={formRef} reloadDocument={reload} {...rest} /> : <form method="post" ref={formRef} {...rest} />
}

/** Sends such a form from a place that has none: a button in a toast. Outside a router there is nowhere to send it. */
export function usePost(): (action: string, fields: Record<string, string>) => void {
  // eslint-disable-next-line react-hooks/rules-of-hooks -- A component never moves in or out of a router while it lives.
  const submit = useInRouterContext() ? useSubmit() : undefined
  return (action, fields) => submit?.(fields, { method: 'post', action, preventScrollReset: true })
}

/** True while a form of this page is on its way: for a button's `busy`. Give the action's path where the page has several forms. */
export function useSubmitting(action?: string): boolean {
  const { state, formAction } = useNavigation()
  return state !== 'idle' && formAction !== undefined && (action === undefined || formAction.split('?')[0] === action)
}

/** Path and query of the page on screen, or an empty string outside a router. */
export function useHere(): string {
  // A component never moves in or out of a router while it lives, so the order of hooks holds.
  // eslint-disable-next-line react-hooks/rules-of-hooks
  const here = useInRouterContext() ? useLocation() : undefined
  return here ? here.pathname + here.search : ''
}
