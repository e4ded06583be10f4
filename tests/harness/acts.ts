import { setTimeout as wait } from 'node:timers/promises'
import type { Person } from './person.ts'

/** How many requests are under way at once: more than the product ever handles at a time, fewer than the machine has sockets. */
const IN_FLIGHT = 200

/** `n` requests as nearly at once as this machine can. Answers their statuses, in order. */
export async function atOnce(n: number, send: (index: number) => Promise<Response>): Promise<number[]> {
  const statuses: number[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    for (let index = next; index < n; index = next) {
      next += 1
      const answer = await send(index)
      await answer.arrayBuffer()
      statuses[index] = answer.status
    }
  }
  await Promise.all(Array.from({ length: Math.min(n, IN_FLIGHT) }, lane))
  return statuses
}

/** How often each status came. */
export const tally = (statuses: readonly number[]): Record<string, number> => Object.fromEntries([...Map.groupBy(statuses, String)].map(([status, all]) => [status, all.length]))

/** A page form of somebody's, with its token. */
export const post = (person: Person, path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Response> =>
  person.fetch(path, { method: 'POST', headers: { Accept: 'text/html', ...headers }, body: new URLSearchParams({ csrf: person.csrf, ...fields }) })

/** The same form as a page's script sends it, which is answered with data: a refusal need not be drawn as a page a thousand times. A way on is told in the data, with 202. */
export const postAsScript = (person: Person, path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Response> =>
  person.fetch(`${path}.data`, { method: 'POST', headers, body: new URLSearchParams({ csrf: person.csrf, ...fields }) })

/** Send something that asks for a proof; confirm with the password, or with what else a form of proof holds; send it again. */
export async function confirmed(person: Person, proven: string | Readonly<Record<string, string>>, send: () => Promise<Response>): Promise<Response> {
  const first = await send()
  const ticket = /ticket=(tkt_[0-9a-z]{26})/.exec(first.headers.get('Location') ?? '')?.[1] ?? /"ticket":"(tkt_[0-9a-z]{26})"/.exec(await first.clone().text())?.[1]
  const recent = /\/step-up/.test(first.headers.get('Location') ?? '') || /step_up_required/.test(await first.clone().text())
  if (!ticket && !recent) return first
  await first.arrayBuffer()
  const proof = await post(person, `/step-up?then=%2F${ticket ? `&ticket=${ticket}` : ''}`, typeof proven === 'string' ? { kind: 'password', password: proven } : proven)
  await proof.arrayBuffer()
  if (proof.status >= 400) throw new Error(`the proof answered ${proof.status}`)
  return send()
}

type Mail = { readonly to: readonly string[]; readonly subject: string; readonly text: string }

/** The path of the link in the newest mail to somebody whose subject begins so; waits until one was sent with another link than those known. */
export async function linkIn(origin: string, to: string, subject: RegExp, known: ReadonlySet<string> = new Set()): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const mails = (await (await fetch(`${origin}/sandbox/outbox.json`)).json()) as Mail[] // `as`: the sandbox's own list
    const found = mails.find((mail) => mail.to.includes(to) && subject.test(mail.subject))
    const link = found && new RegExp(`${origin}(/[^\\s]+)`).exec(found.text)?.[1]
    if (link && !known.has(link)) return link
    await wait(200)
  }
  throw new Error(`no mail to ${to} about ${subject}`)
}

/** Every link in every mail that was sent. */
export async function mailedLinks(origin: string): Promise<string[]> {
  const mails = (await (await fetch(`${origin}/sandbox/outbox.json`)).json()) as Mail[] // `as`: likewise
  return mails.flatMap(({ text }) => [...text.matchAll(new RegExp(`${origin}(/[^\\s]+)`, 'g'))].map(([, link = '']) => link))
}

/** What time the product thinks it is. */
export const serverNow = (origin: string): Promise<number> => advance(origin, 0)

/** Move the sandbox's clock; answers with the new time when nothing is due any more. */
export async function advance(origin: string, seconds: number): Promise<number> {
  const answer = await fetch(`${origin}/sandbox/clock`, { method: 'POST', headers: { 'Content-Type': 'application/json', Origin: origin }, body: JSON.stringify({ advance_s: seconds }) })
  if (!answer.ok) throw new Error(`the clock answered ${answer.status}`)
  return Date.parse(((await answer.json()) as { now: string }).now) // `as`: the sandbox's own answer
}

/** The smallest PDF that says something. */
export const pdfSaying = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj % ${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`)

/** Announce a document and send its bytes. Answers its id. */
export async function stored(person: Person, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const begun = await person.call('/api/v1/documents', { name, category: 'other', phi_ack: true })
  const { id } = (await begun.json()) as { id: string } // `as`: the route's own answer
  const put = await person.fetch(`/api/v1/documents/${id}/content`, { method: 'PUT', headers: { 'Content-Type': 'application/pdf', 'X-CSRF-Token': person.csrf }, body: bytes })
  if (put.status !== 200) throw new Error(`the upload answered ${put.status}: ${await put.text()}`)
  await put.arrayBuffer()
  return id
}

/** A document that says something. Answers its id. */
export const uploaded = (person: Person, name: string, text: string): Promise<string> => stored(person, name, pdfSaying(text))

/** What follows from an act by itself arrives within a moment. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return
    await wait(200)
  }
  throw new Error('it did not arrive')
}
