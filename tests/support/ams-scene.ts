import { onTestFinished } from 'vitest'
import { connectAms } from '../../worker/calls/ams/connect-ams.ts'
import { plainMapping } from '../../worker/calls/ams/plain-mapping.ts'
import type { TestTenant } from './tenant-words.ts'

/** An agency management system as tests know it: who is in it, what it was handed, and how it behaves at the moment. */
export type AmsDouble = {
  readonly address: string
  /** What came in: method and path below its address. */
  readonly asked: string[]
  readonly notes: { readonly id: string; readonly reference: string; readonly contact: string | null; readonly text: string; readonly subject: string }[]
  readonly contacts: { id: string; name: string; phone: string; household?: string; kind?: string; url?: string; policies?: readonly { number: string; line: string; carrier: string; status: string; expires: string }[]; past?: readonly { at: string; text: string }[] }[]
  /** `silent` takes a note and does not say so; `reset` takes nothing and does not say so. */
  does: 'answers' | 'busy' | 'silent' | 'reset'
}

/**
 * A double at an address of its own, connected to the tenant through the product's own verb, until the test is over. Requests
 * to other hosts go where they went before. Several may stand side by side.
 */
export async function connectedDouble(tenant: TestTenant, contacts: AmsDouble['contacts'] = []): Promise<AmsDouble> {
  const double = amsDouble(contacts)
  await tenant.asJob((ctx) => connectAms(ctx, { kind: 'rest', label: 'Test AMS', address: double.address, auth: { by: 'bearer', token: TOKEN }, mapping: plainMapping }))
  return double
}

export const TOKEN = 'token-of-the-double'

export function amsDouble(contacts: AmsDouble['contacts'] = []): AmsDouble {
  const host = `ams-${crypto.randomUUID()}.example`
  const double: AmsDouble = { address: `https://${host}/api`, asked: [], notes: [], contacts: [...contacts], does: 'answers' }
  const stop = answeringFor(host, (request) => spoken(double, request))
  onTestFinished(stop)
  return double
}

async function spoken(double: AmsDouble, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const path = url.pathname.replace('/api', '')
  double.asked.push(`${request.method} ${path}`)
  if (double.does === 'reset') throw new TypeError('connection reset')
  if (double.does === 'busy') return new Response(null, { status: 503, headers: { 'Retry-After': '60' } })
  if (request.headers.get('Authorization') !== `Bearer ${TOKEN}`) return new Response(null, { status: 401 })
  if (path === '/me') return Response.json({})
  if (path === '/contacts') return Response.json({ contacts: double.contacts.filter(({ phone }) => phone === url.searchParams.get('phone')).map(({ id, name, phone, household, kind, url: link }) => ({ id, name, phones: [phone], household, kind, url: link })) })
  if (path === '/notes' && request.method === 'GET') return Response.json({ notes: double.notes.filter(({ reference }) => reference === url.searchParams.get('reference')) })
  if (path === '/notes') {
    const note = (await request.json()) as { reference: string; contact: string | null; text: string; subject: string } // `as`: what the mapping above puts
    double.notes.push({ ...note, id: `note-${double.notes.length + 1}` })
    if (double.does === 'silent') throw new TypeError('connection reset')
    return Response.json({ id: double.notes.at(-1)?.id }, { status: 201 })
  }
  const contact = double.contacts.find(({ id }) => path === `/contacts/${id}`)
  return contact ? Response.json({ policies: contact.policies ?? [], notes: contact.past ?? [] }) : new Response(null, { status: 404 })
}

/** What leaves for a host is answered here until it is stopped; everything else goes where it went. */
export function answeringFor(host: string, answer: (request: Request) => Response | Promise<Response>): () => void {
  const before = globalThis.fetch
  const mine: typeof fetch = async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit) // `as`: the Worker's types and the page's name the same thing
    return new URL(request.url).host === host && standing ? answer(request) : before(request)
  }
  let standing = true
  globalThis.fetch = mine
  return () => {
    standing = false
    if (globalThis.fetch === mine) globalThis.fetch = before
  }
}
