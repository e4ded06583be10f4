import { spawn } from 'node:child_process'
import process from 'node:process'

/**
 * Runs a command with our own output and resolves to its exit code; 127 when it cannot be started. A signal to us ends it too.
 * With `toStderr`, what it says on stdout goes to our stderr: stdout then belongs to what we answer.
 */
export function run(command: string, args: readonly string[], { env = {}, toStderr = false }: { env?: Record<string, string>; toStderr?: boolean } = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', toStderr ? process.stderr : 'inherit', 'inherit'], env: { ...process.env, ...env } })
    const relay = (signal: NodeJS.Signals) => void child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, relay)
    child.on('close', () => process.off('SIGINT', relay).off('SIGTERM', relay))
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`)
      resolve(127)
    })
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)))
  })
}

/** Runs a command and resolves to what it wrote to stdout and stderr, and its exit code. */
export function capture(
  command: string,
  args: readonly string[],
  options: { env?: Record<string, string>; input?: string } = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...options.env } })
    let output = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    child.stderr.on('data', (chunk) => (output += String(chunk)))
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
    child.stdin.end(options.input ?? '')
  })
}

/** Prints one sentence and ends the process as failed. */
export function giveUp(sentence: string): never {
  console.error(sentence)
  return exit(1)
}

// workers-types declares `process` as any, and the two declarations meet in one program.
const exit = process.exit as (code: number) => never
