import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'

/** Who serves a state folder: our process and the workerd it started. */
type ServerRecord = { pid: number; workerd: number[] }

/** Notes in the state folder who serves it, so that the next start can tell a running server from a killed one. */
export function recordServer(state: string): void {
  const record: ServerRecord = { pid: process.pid, workerd: childrenNamedWorkerd() }
  mkdirSync(state, { recursive: true })
  writeFileSync(recordFile(state), JSON.stringify(record))
}

/**
 * Throws a sentence when a living server holds the state: two workerds on one SQLite folder lose writes. A workerd whose
 * server was killed is ended first.
 */
export async function clearStaleServer(state: string): Promise<void> {
  const record = readRecord(state)
  if (!record) return
  if (record.pid !== process.pid && /enter\.mjs|start\.ts/.test(commandOf(record.pid))) {
    throw new Error(`Another npm start (process ${record.pid}) is already serving ${state}. Stop it first, or choose another STATE.`)
  }
  for (const pid of record.workerd) {
    if (!commandOf(pid).includes('workerd')) continue
    process.kill(pid, 'SIGTERM')
    for (let tries = 0; tries < 50 && commandOf(pid).includes('workerd'); tries += 1) await wait(50)
    if (commandOf(pid).includes('workerd')) process.kill(pid, 'SIGKILL')
  }
  rmSync(recordFile(state), { force: true })
}

const recordFile = (state: string) => path.join(state, 'server.json')

function readRecord(state: string): ServerRecord | undefined {
  try {
    // Written by recordServer above.
    return JSON.parse(readFileSync(recordFile(state), 'utf8')) as ServerRecord
  } catch {
    return undefined
  }
}

/** The command line of a living process, or '' when there is none (or on Windows, where workerd ends with us). */
function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

function childrenNamedWorkerd(): number[] {
  try {
    const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return rows
      .split('\n')
      .map((row) => row.trim().split(/\s+/))
      .filter(([, parent, name]) => Number(parent) === process.pid && name?.includes('workerd'))
      .map(([pid]) => Number(pid))
  } catch {
    return []
  }
}
