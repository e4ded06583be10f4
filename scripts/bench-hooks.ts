import { setTimeout as wait } from 'node:timers/promises'

import { Webhook } from 'standardwebhooks'

import { call, inTurn, timed } from './bench-rounds.ts'

/** A dialler's connection of some agency's: where it sends to, and what it signs with. */
export type Line = { readonly path: string; readonly secret: string }

/** Messages of one round, and how many are under way at a time. */
const A_ROUND = 60
const LANES = 4
/** Until every organisation's stock of keys was made. */
const STOCKING_MS = 12_000

/**
 * From a signed event, the first of its call, to the 2xx that says it is durable, against a naked Worker that only inserts the
 * row. Lines take turns, so that none sends more than its organisation's 200 a minute.
 */
export async function measureHooks(ours: URL, naked: URL, lines: readonly Line[], rounds: number, notes: string[]): Promise<number> {
  let next = 0
  const ring = () => {
    // What a dialler does before it sends is no part of the answer.
    const messages = Array.from({ length: A_ROUND }, () => signed(lines[next++ % lines.length]))
    return timed(A_ROUND, LANES, async (index) => {
      const { path, headers, json } = messages[index] ?? signed(lines[0])
      await call(new URL(path, ours), 200, { method: 'POST', headers: { ...headers, Host: `localhost:${ours.port}` }, json })
    })
  }
  // The first ring of an organisation finds no key made ahead; a moment later there are as many as one of its minutes needs.
  for (let rung = 0; rung < lines.length; rung += A_ROUND) await ring()
  await wait(STOCKING_MS)
  const insert = () => timed(A_ROUND, LANES, async () => void (await call(new URL('/hooks', naked), 200, { method: 'POST', json: event() })))
  const { ratio, oursMs, besideMs, rounds: counted } = await inTurn(rounds, ring, insert)
  notes.push(`hook_ack: ${oursMs.toFixed(2)} ms from a signed ring to its 200 against ${besideMs.toFixed(2)} ms for a row inserted, ratio ${ratio.toFixed(2)}, medians of ${counted} rounds`)
  return ratio
}

export const event = () => ({ type: 'call.ringing', timestamp: new Date().toISOString(), data: { call: crypto.randomUUID(), direction: 'inbound', phone: '+1 415 555 0132', agent: '101' } })

/** As the standard's kept library signs it. */
function signed(line: Line | undefined): { path: string; json: object; headers: Record<string, string> } {
  if (!line) throw new Error('no line was seeded')
  const [id, json, at] = [`msg_${crypto.randomUUID()}`, event(), new Date()]
  return { path: line.path, json, headers: { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': new Webhook(line.secret).sign(id, at, JSON.stringify(json)) } }
}
