import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'

/** One measured comparison: medians of both sides in milliseconds an operation, and the ratio between them. */
export type Measured = { readonly ratio: number; readonly oursMs: number; readonly besideMs: number; readonly rounds: number }

/**
 * Runs two sides in turn and compares them by the median of the ratios of neighbouring rounds: whatever else the machine
 * does meanwhile hits both. Each side says how long it took, in milliseconds an operation. The first round of each is for
 * warming up and not counted.
 */
export async function inTurn(rounds: number, ours: (round: number) => Promise<number>, beside: (round: number) => Promise<number>): Promise<Measured> {
  const pairs: { ours: number; beside: number }[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const oursFirst = round % 2 === 0
    const first = oursFirst ? await ours(round) : await beside(round)
    const second = oursFirst ? await beside(round) : await ours(round)
    if (round > 0) pairs.push(oursFirst ? { ours: first, beside: second } : { ours: second, beside: first })
  }
  return { ratio: median(pairs.map((pair) => pair.ours / pair.beside)), oursMs: median(pairs.map((pair) => pair.ours)), besideMs: median(pairs.map((pair) => pair.beside)), rounds }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** How long one of `n` operations takes, `lanes` at a time, in milliseconds. */
export async function timed(n: number, lanes: number, operation: (index: number) => Promise<void>): Promise<number> {
  const began = performance.now()
  let next = 0
  const lane = async (): Promise<void> => {
    for (let index = next; index < n; index = next) {
      next += 1
      await operation(index)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return (performance.now() - began) / n
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 })

type Asked = { method?: string; headers?: Record<string, string>; json?: unknown }

/** One request over a kept connection. Throws with the answer when its status is another than expected. */
export async function call(url: URL, expected: number, asked: Asked = {}): Promise<string> {
  const { status, text } = await answerTo(url, asked)
  if (status !== expected) throw new Error(`${asked.method ?? 'GET'} ${url.pathname} answered ${status}, not ${expected}: ${text.slice(0, 300)}`)
  return text
}

/** The status of the answer; 0 where there was none. */
export const statusOf = (url: URL, asked: Asked): Promise<number> => answerTo(url, asked).then(({ status }) => status, () => 0)

function answerTo(url: URL, { method = 'GET', headers = {}, json }: Asked): Promise<{ status: number; text: string }> {
  const body = json === undefined ? undefined : JSON.stringify(json)
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers: { 'User-Agent': 'a test', ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) }) } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() })
      })
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Lets go of the kept connections, so that the process can end. */
export const hangUp = (): void => agent.destroy()
