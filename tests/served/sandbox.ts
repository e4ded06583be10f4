import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildPages, bundleWorker } from '../../scripts/bundle.ts'
import { freePort } from '../../scripts/free-port.ts'
import { serve, type Served } from '../../scripts/serve.ts'
import type { AccountGuard } from '../../durable-objects/account-guard.ts'
import type { AuditChain } from '../../durable-objects/audit-chain.ts'
import { sandboxSecrets } from '../support/test-secrets.ts'

const databases = ['DIRECTORY', 'SHARD_1', 'SHARD_2'] as const
export type Database = (typeof databases)[number]

/** The sandbox as `npm start` runs it, without its crons: a test fires what it wants to see. */
export class ServedSandbox {
  readonly origin: string
  readonly #served: Served
  readonly #state: string

  private constructor(origin: string, served: Served, state: string) {
    this.origin = origin
    this.#served = served
    this.#state = state
  }

  /** `from`: a state folder to begin with a copy of; nobody may be serving it. */
  static async start(from?: string): Promise<ServedSandbox> {
    await buildPages()
    const module = await bundleWorker('sandbox')
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const state = mkdtempSync(path.join(tmpdir(), 'countersign-served-'))
    if (from) cpSync(path.join(from, 'v3'), path.join(state, 'v3'), { recursive: true })
    return new ServedSandbox(origin, await serve({ entry: 'sandbox', module, state, port, bindings: { ...sandboxSecrets(), ORIGIN: origin } }), state)
  }

  async stop(): Promise<void> {
    await this.#served.stop()
    rmSync(this.#state, { recursive: true, force: true })
  }

  fireCron(cron: string): Promise<void> {
    return this.#served.fireCron(cron)
  }

  async rows<Row>(database: Database, sql: string, ...values: (string | number)[]): Promise<Row[]> {
    return (await (await this.#served.miniflare.getD1Database(database)).prepare(sql).bind(...values).all<Row>()).results
  }

  /** The same question to every database, one list of answers. */
  async everywhere<Row>(sql: string, among: readonly Database[] = databases): Promise<Row[]> {
    return (await Promise.all(among.map((database) => this.rows<Row>(database, sql)))).flat()
  }

  /** How many entries each log has, and how many of them its newest checkpoint signs. */
  async logs(): Promise<{ log: string; size: number; signed: number }[]> {
    const chains = (await this.#served.miniflare.getDurableObjectNamespace('AUDIT_CHAIN')) as unknown as DurableObjectNamespace<AuditChain> // `as`: miniflare does not know whose objects they are
    const tenants = await this.rows<{ id: string }>('DIRECTORY', 'SELECT id FROM tenants')
    return Promise.all(
      [...tenants.map(({ id }) => id), 'platform'].map(async (log) => {
        const { size, checkpoint } = await chains.get(chains.idFromName(log)).status(log)
        return { log, size, signed: checkpoint?.size ?? 0 }
      }),
    )
  }

  /** How many events wait in the guards of all accounts. */
  async waitingInGuards(): Promise<number> {
    const guards = (await this.#served.miniflare.getDurableObjectNamespace('ACCOUNT_GUARD')) as unknown as DurableObjectNamespace<AccountGuard> // `as`: as above
    const accounts = await this.rows<{ id: string }>('DIRECTORY', 'SELECT id FROM accounts')
    const waiting = await Promise.all(accounts.map(async ({ id }) => (await guards.get(guards.idFromName(id)).outbox(100)).rows.length))
    return waiting.reduce((sum, n) => sum + n, 0)
  }
}
