import { exports } from 'cloudflare:workers'
import { asStranger, ORIGIN, type Browser } from '../support/scene.ts'
import { filled, type Entrance } from './route-table.ts'

/** What a request says, wherever it says it. */
export type Ask = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly json?: Readonly<Record<string, unknown>>
  readonly form?: Readonly<Record<string, string>>
  readonly bytes?: Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

/** Who sends it: a browser, signed in or not, or a program with a workspace key. */
export type Sender = { readonly browser: Browser; readonly key: string | null }

export const withBrowser = (browser: Browser): Sender => ({ browser, key: null })
export const withKey = (key: string): Sender => ({ browser: asStranger(), key })

/** An answer, read to its end. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: string; readonly requests: number }

type Fetching = (request: Request) => Promise<Response>

/** The Worker itself, by its own fetch. */
export const theWorker: Fetching = (request) => (exports as unknown as { default: Fetcher }).default.fetch(request) // `as`: typed by the entry file

/**
 * Send an ask through an entrance. Where the answer asks for a single-use proof, the person confirms and sends it again, so
 * that what is refused is refused for another reason than a missing proof. `data`: as the pages' own script asks.
 */
export async function send(sender: Sender, entrance: Entrance, ask: Ask, { data = false, fetching = theWorker } = {}): Promise<Answer> {
  const first = await sendOnce(sender, entrance, ask, data, fetching)
  const ticket = sender.key === null && sender.browser.session ? ticketIn(first) : null
  if (!ticket) return first
  await sender.browser.confirm(ticket)
  return { ...(await sendOnce(sender, entrance, ask, data, fetching)), requests: 2 }
}

async function sendOnce(sender: Sender, entrance: Entrance, ask: Ask, data: boolean, fetching: Fetching): Promise<Answer> {
  const response = await fetching(await requestOf(sender, entrance, ask, data))
  for (const line of response.headers.getSetCookie()) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
    if (!/Max-Age=0\b/.test(line)) sender.browser.setCookie(name, value)
  }
  return { status: response.status, headers: response.headers, body: new TextDecoder().decode(await response.arrayBuffer()), requests: 1 }
}

async function requestOf({ browser, key }: Sender, { method, path, kind }: Entrance, ask: Ask, data: boolean): Promise<Request> {
  const filledPath = filled(path, ask.params ?? {})
  const search = new URLSearchParams(ask.query ?? {}).toString()
  const url = `${ORIGIN}${data ? (filledPath === '/' ? '/_root.data' : `${filledPath}.data`) : filledPath}${search ? `?${search}` : ''}`
  const headers = new Headers({ 'CF-Connecting-IP': '203.0.113.7', 'User-Agent': 'a test', ...(kind === 'api' ? {} : { Accept: 'text/html' }), ...ask.headers })
  if (key === null && browser.cookies) headers.set('Cookie', browser.cookies)
  if (key !== null) headers.set('Authorization', `Bearer ${key}`)
  if (method !== 'GET') headers.set('Origin', ORIGIN)
  if (method !== 'GET' && key === null && !ask.form && kind !== 'form') headers.set('X-CSRF-Token', browser.csrf)
  let body: BodyInit | null = null
  if (ask.form || kind === 'form') body = new URLSearchParams({ csrf: browser.csrf, ...ask.form })
  if (ask.bytes) body = ask.bytes
  if (ask.json) {
    body = JSON.stringify(ask.json)
    headers.set('Content-Type', 'application/json')
  }
  return new Request(url, { method, headers, body, redirect: 'manual' })
}

/** The ticket an answer asks to confirm, in a problem or in the address of the step-up page. */
function ticketIn({ status, headers, body }: Answer): string | null {
  const said = /[?&]ticket=(tkt_[0-9a-z]{26})/.exec(headers.get('Location') ?? '') ?? /"ticket":"(tkt_[0-9a-z]{26})"/.exec(body) ?? /ticket=(tkt_[0-9a-z]{26})/.exec(status === 202 ? body : '')
  return said?.[1] ?? null
}
