import { Webhook } from 'standardwebhooks'

import { call, inTurn, timed } from './bench-rounds.ts'

/** A dialler's connection of some agency's: where it sends to, and what it signs with. */
export type Line = { readonly path: string; readonly secret: string }

/** Messages of one round, and how many are under way at a time. */
const A_ROUND = 60
const LANES = 4

/**
 * From a signed event, the first of its call, to the 2xx that says it is durable, against a naked Worker that only inserts the
 * row. Lines take turns, so that none sends more than its organisation's 200 a minute.
 */
export async function measureHooks(ours: URL, naked: URL, lines: readonly Line[], rounds: number, notes: string[]): Promise<number> {
  let next = 0
  const ring = () => timed(A_ROUND, LANES, async () => {
    const line = lines[next++ % lines.length]
    if (!line) throw new Error('no line was seeded')
    const { json, headers } = signed(line)
    await call(new URL(line.path, ours), 200, { method: 'POST', headers: { ...headers, Host: `localhost:${ours.port}` }, json })
  })
  const insert = () => timed(A_ROUND, LANES, async () => void (await call(new URL('/hooks', naked), 200, { method: 'POST', json: event() })))
  const { ratio, oursMs, besideMs, rounds: counted } = await inTurn(rounds, ring, insert)
  notes.push(`hook_ack: ${oursMs.toFixed(2)} ms from a signed ring to its 200 against ${besideMs.toFixed(2)} ms for a row inserted, ratio ${ratio.toFixed(2)}, medians of ${counted} rounds`)
  return ratio
}

const event = () => ({ type: 'call.ringing', timestamp: new Date().toISOString(), data: { call: crypto.randomUUID(), direction: 'inbound', phone: '+1 415 555 0132', agent: '101' } })

/** As the standard's kept library signs it. */
function signed({ secret }: Line): { json: object; headers: Record<string, string> } {
  const [id, json, at] = [`msg_${crypto.randomUUID()}`, event(), new Date()]
  return { json, headers: { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': new Webhook(secret).sign(id, at, JSON.stringify(json)) } }
}
