import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import type { AppLoadContext, EntryContext } from '@remix-run/cloudflare'
import { isbot } from 'isbot'
import { renderToReadableStream } from 'react-dom/server'

import { report } from '../worker/core/failure.ts'
import { NonceContext } from './nonce.ts'

/** Renders one page. A render that fails after the first byte is reported by name only: messages may quote a row. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { door: { nonce } }: AppLoadContext,
): Promise<Response> {
  let answer = status
  const body = await renderToReadableStream(
    <NonceContext.Provider value={nonce}>
      <RemixServer context={remixContext} url={request.url} nonce={nonce} />
    </NonceContext.Provider>,
    {
      nonce,
      signal: request.signal,
      onError(error: unknown) {
        answer = 500
        if (!request.signal.aborted) report('render', error)
      },
    },
  )
  // Crawlers read what is there when the head arrives.
  if (isbot(request.headers.get('user-agent') ?? '')) await body.allReady

  headers.set('Content-Type', 'text/html; charset=utf-8')
  return new Response(body, { headers, status: answer })
}

/** What a loader threw that is no answer of ours. Remix's own report would hold the URL. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return
  report('page', error)
}
