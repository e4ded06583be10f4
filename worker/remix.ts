import * as pages from '#pages'
import { createRequestHandler, type AppLoadContext } from '@remix-run/cloudflare'

declare module '@remix-run/cloudflare' {
  interface AppLoadContext {
    /** The nonce of this response's Content-Security-Policy. */
    nonce: string
  }
}

// 'production' always: in development mode Remix writes stack traces into the page.
const handle = createRequestHandler(pages, 'production')

/** Answers with a page. The door has already read the session, the form and the limits into `context`. */
export function servePage(request: Request, context: AppLoadContext): Promise<Response> {
  return handle(request, context)
}
