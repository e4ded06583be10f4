import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../scripts/free-port.ts'
import { sandboxSecrets } from '../support/test-secrets.ts'
import { ownBundle } from './bundles.ts'

/** The product in a process group of its own, on a state folder of its own, made to be killed. */
export class Server {
  readonly state: string
  readonly port: number
  readonly bindings: Record<string, string>
  readonly module: string
  /** Everything it ever said. */
  said = ''
  #process: ChildProcess | null = null

  private constructor(state: string, port: number, module: string) {
    this.module = module
    this.state = state
    this.port = port
    this.bindings = { ...sandboxSecrets(), ORIGIN: `http://localhost:${port}` }
  }

  /** `from`: a state folder to begin with a copy of; nobody may be serving it. */
  static async make(from?: string): Promise<Server> {
    const state = mkdtempSync(path.join(tmpdir(), 'countersign-harness-'))
    if (from) cpSync(path.join(from, 'v3'), path.join(state, 'v3'), { recursive: true })
    return new Server(state, await freePort(), await ownBundle('sandbox', state))
  }

  get origin(): string {
    return `http://localhost:${this.port}`
  }

  /** Resolves when it answers. A start into the requests of clients that were cut off may fail; then it is tried again. */
  async start(tries = 3): Promise<void> {
    try {
      await this.#startOnce()
    } catch (thrown) {
      await this.kill()
      if (tries <= 1) throw thrown
      await this.start(tries - 1)
    }
  }

  async #startOnce(): Promise<void> {
    const child = spawn('node', ['scripts/harness-server.ts'], {
      detached: true, // a group of its own: node and the workerd below it die together
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, STATE: this.state, PORT: String(this.port), HARNESS_MODULE: this.module, HARNESS_BINDINGS: JSON.stringify(this.bindings) },
    })
    this.#process = child
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        this.said += chunk.toString()
        if (this.said.endsWith('\n') && /^ready /m.test(this.said.split('-- start --').at(-1) ?? '')) resolve()
      }
      this.said += '\n-- start --\n'
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('exit', () => reject(new Error(`the server ended before it was ready:\n${this.said.slice(-2000)}`)))
    })
  }

  /** SIGKILL to the whole group: what a power cut looks like to a program. */
  async kill(): Promise<void> {
    const child = this.#process
    if (!child?.pid) return
    this.#process = null
    const gone = child.exitCode === null && child.signalCode === null ? new Promise((resolve) => child.once('exit', resolve)) : null
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error // nobody of the group is left
    }
    await gone
  }

  /** End it and forget its state. */
  async remove(): Promise<void> {
    await this.kill()
    rmSync(this.state, { recursive: true, force: true })
  }
}
