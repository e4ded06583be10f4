import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import type { AppLoadContext, EntryContext } from '@remix-run/cloudflare'
import { isbot } from 'isbot'
import { renderToReadableStream } from 'react-dom/server'

import { errorName } from '../worker/core/failure.ts'
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
        if (!request.signal.aborted) console.error(JSON.stringify({ where: 'render', error: errorName(error) }))
      },
    },
  )
  // Crawlers read what is there when the head arrives.
  if (isbot(request.headers.get('user-agent') ?? '')) await body.allReady

  headers.set('Content-Type', 'text/html; charset=utf-8')
  return new Response(body, { headers, status: answer })
}

/** What a loader threw that is no answer of ours. Its name only: Remix's own words hold the URL, and a message may quote a row. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return
  console.error(JSON.stringify({ where: 'page', error: errorName(error) }))
}
