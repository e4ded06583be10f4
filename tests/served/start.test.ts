import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'

import { freePort } from '../../scripts/free-port.ts'

/** Nothing here takes long; a start that hangs is ended by this. */
const HANG_MS = 120_000

const state = mkdtempSync(path.join(tmpdir(), 'countersign-start-'))
const groups: number[] = []
afterAll(() => {
  for (const group of groups) if (membersOf(group).length > 0) process.kill(-group, 'SIGKILL')
  rmSync(state, { recursive: true, force: true })
})

/** `npm start` in a process group of its own, as a terminal runs it. */
class Start {
  readonly group: number
  said = ''
  readonly #child: ChildProcess

  constructor(port: number, folder = state) {
    const { npm_lifecycle_event: _, ...env } = process.env
    this.#child = spawn('npm', ['start'], { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...env, STATE: folder, PORT: String(port) } })
    this.group = this.#child.pid ?? 0
    groups.push(this.group)
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', (chunk: Buffer) => (this.said += chunk.toString()))
  }

  /** How long until it said that it is ready and with whom to sign in, in seconds. */
  async ready(): Promise<number> {
    const began = performance.now()
    await until(() => /^ready .*\n[^]*Sign in as\n( {2}\S+@.*\n){6}/m.test(this.said) || this.#child.exitCode !== null)
    if (this.#child.exitCode !== null) throw new Error(`npm start ended: ${this.said}`)
    return (performance.now() - began) / 1000
  }

  get signIns(): string[] {
    return this.said.split('\n').filter((line) => /^ {2}\S+@/.test(line))
  }
}

/** Living processes of a group, by command. */
function membersOf(group: number): { pid: number; command: string }[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,pgid=,stat=,args='], { encoding: 'utf8' }).split('\n')
  return rows.flatMap((row) => {
    const [, pid, pgid, stat, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(row) ?? []
    return Number(pgid) === group && !stat?.startsWith('Z') ? [{ pid: Number(pid), command: command ?? '' }] : []
  })
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + HANG_MS; !holds(); await wait(200)) if (performance.now() > end) throw new Error('nothing happened for too long')
}

const port = await freePort()
const origin = `http://localhost:${port}`

test('npm start says where it is ready and whom one may sign in as, ends whole on Ctrl-C, and starts again over what it left, also after kill -9', async () => {
  const first = new Start(port)
  const cold = await first.ready()
  expect(first.said).toContain(`ready ${origin}\n`)
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  expect(await (await fetch(`${origin}/sign-in`)).text()).toContain('Sign in')
  expect(first.signIns.some((line) => line.includes('owner of Harbor FMO'))).toBe(true)
  expect(membersOf(first.group).some(({ command }) => command.includes('workerd'))).toBe(true)

  // What Ctrl-C does: the terminal signals everybody in the group.
  process.kill(-first.group, 'SIGINT')
  await until(() => membersOf(first.group).length === 0)

  const second = new Start(port)
  const warm = await second.ready()
  expect(second.signIns).toEqual(first.signIns)

  // The server alone is killed, at once: npm ends by itself, workerd may live on without its parent.
  const server = (JSON.parse(readFileSync(path.join(state, 'server.json'), 'utf8')) as { pid: number }).pid // `as`: written by server-record.ts
  process.kill(server, 'SIGKILL')
  const third = new Start(port)
  const afterKill = await third.ready()
  expect(third.signIns).toEqual(first.signIns)
  await until(() => membersOf(second.group).length === 0)

  console.error(`npm start: ready after ${cold.toFixed(1)} s on new state, ${warm.toFixed(1)} s over existing state, ${afterKill.toFixed(1)} s after kill -9`)

  // npm alone is killed: what it started must notice.
  process.kill(third.group, 'SIGKILL')
  await until(() => membersOf(third.group).length === 0)
}, HANG_MS * 4)

test('a port that is taken, and one that is none, are refused with a sentence', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const number = typeof address === 'object' && address ? address.port : 0
  const refused = new Start(number, path.join(state, 'refused'))
  await until(() => membersOf(refused.group).length === 0)
  expect(refused.said).toContain(`Port ${number} is taken.`)
  taken.close()

  const none = new Start(99_999, path.join(state, 'refused'))
  await until(() => membersOf(none.group).length === 0)
  expect(none.said).toContain('PORT must be a number')
})
