import * as pages from '#pages'
import { createRequestHandler, type AppLoadContext } from '@remix-run/cloudflare'
import type { Door } from './core/door.ts'
import type { Failure } from './core/failure.ts'
import type { Product } from './core/product.ts'

declare module '@remix-run/cloudflare' {
  interface AppLoadContext {
    /** The door this request came through: every loader and action uses it, by `page(fn)`. */
    door: Door
    /** Set when the door refused: the root loader throws it, so that every error has the same page. */
    fault: Failure | null
    /** What a page shows of the whole product; wired here because a page imports no wiring. */
    product: Product
  }
  interface Future {
    v3_singleFetch: true
  }
}

// 'production' always: in development mode Remix writes stack traces into the page.
const handle = createRequestHandler(pages, 'production')

/** Answers with a page. The door has already read the session, the form and the limits into `context`. */
export function servePage(request: Request, context: AppLoadContext): Promise<Response> {
  return handle(request, context)
}
