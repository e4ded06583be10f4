import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'

import { Webhook } from 'standardwebhooks'

import { event, type Line } from './bench-hooks.ts'
import { call, median, statusOf, timed } from './bench-rounds.ts'

/** What a dialler tells of a call. */
const kinds = ['ringing', 'answered', 'ended'] as const

/** How long they send, and how the naked Worker's rate is taken: rows, so many at a time. */
const SECONDS = 60
/** What has no answer so long after the last was sent counts as dropped. */
const PATIENCE_MS = 240_000
const NAKED = { rows: 3000, lanes: 16 } as const

/**
 * Many organisations send together, each its share of half the rate at which the naked Worker inserted rows just before. They
 * send by the clock, however long answers take. Answers how many messages were not acknowledged, a refusal for
 * the limit among them: nobody sends as much as that. How late they were answered is told.
 */
export async function measureCrowd(ours: URL, naked: URL, lines: readonly Line[], notes: string[]): Promise<number> {
  const insert = async () => void (await call(new URL('/hooks', naked), 200, { method: 'POST', json: event() }))
  await timed(NAKED.rows, NAKED.lanes, insert)
  const rate = 500 / (await timed(NAKED.rows, NAKED.lanes, insert))
  const perLine = (rate * 60) / lines.length
  if (perLine > 200) throw new Error(`${perLine.toFixed(0)} a minute for each organisation: more of them are needed, or their limit is the answer`)

  const counts = new Map<number, number>()
  const took: number[] = []
  const under: Promise<void>[] = []
  const began = performance.now()
  const messages = messagesOf(lines)
  for (let sent = 0; performance.now() - began < SECONDS * 1000; ) {
    for (const due = ((performance.now() - began) / 1000) * rate; sent < due; sent += 1) {
      const { value } = messages.next()
      if (value) under.push(send(ours, value).then(({ status, ms }) => (counts.set(status, (counts.get(status) ?? 0) + 1), void took.push(ms))))
    }
    await wait(5)
  }
  await Promise.race([Promise.all(under), wait(PATIENCE_MS, undefined, { ref: false })])
  const late = performance.now() - began - SECONDS * 1000
  const taken = counts.get(200) ?? 0
  const sorted = took.toSorted((a, b) => a - b)
  notes.push(`crowd: ${lines.length} organisations sent ${under.length} messages in ${SECONDS} s, ${rate.toFixed(0)} a second, half of what the naked Worker inserted; ${[...counts].map(([status, n]) => `${status}: ${n}`).join(', ')}; answered in ${median(took).toFixed(0)} ms, nine in ten in ${(sorted[Math.floor(sorted.length * 0.9)] ?? 0).toFixed(0)} ms, the last ${(late / 1000).toFixed(1)} s after the last was sent`)
  return under.length - taken
}

type Message = { readonly line: Line; readonly json: object }

/** Calls of every organisation in turn, each told of three times. */
function* messagesOf(lines: readonly Line[]): Generator<Message, never> {
  for (;;) {
    const calls = lines.map((line) => ({ line, ...event() }))
    for (const kind of kinds) for (const { line, data } of calls) yield { line, json: { type: `call.${kind}`, timestamp: new Date().toISOString(), data: { ...data, ...(kind === 'ended' ? { duration: 20 } : {}) } } }
  }
}

async function send(ours: URL, { line, json }: Message): Promise<{ status: number; ms: number }> {
  const [id, at] = [`msg_${crypto.randomUUID()}`, new Date()]
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': new Webhook(line.secret).sign(id, at, JSON.stringify(json)), Host: `localhost:${ours.port}` }
  const began = performance.now()
  return { status: await statusOf(new URL(line.path, ours), { method: 'POST', headers, json }), ms: performance.now() - began }
}
