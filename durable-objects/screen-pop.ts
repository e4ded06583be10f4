import { DurableObject } from 'cloudflare:workers'
import { clockLead } from './alarm-time.ts'
import type { HungUp, Listener, PopBeginning, PopBegun, PopCell, PopsSaid } from './pop-words.ts'
import { verbsOf } from './verbs-port.ts'

/** How long to wait before an ending that failed is tried again, in milliseconds. */
const RETRY_MS = 10_000

/** Pages of one member that listen at once; the oldest gives way. */
const PAGES = 20

/** The page may come again, and is asked anew who it is. */
const ASK_AGAIN = 4001

/** In which header the Worker names a listener. Nobody but the Worker can ask an object. */
export const LISTENER = 'X-Listener'

type Row = { call: string; tenant: string; member: string; sealed: string | null; seal_version: number; n: number; due_at: number }

/**
 * One per organisation: the calls that its members are shown now, each for five minutes, and the pages that listen. It sleeps
 * while nothing rings; its sockets stay open. It holds ids and ciphertext whose key lies elsewhere and is destroyed when the
 * time is over; a socket says which calls, never who. When it is gone, a page is shown nothing until the next ring.
 */
export class ScreenPop extends DurableObject {
  readonly #sql: SqlStorage

  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    this.#sql.exec('CREATE TABLE IF NOT EXISTS pops (call TEXT PRIMARY KEY, tenant TEXT NOT NULL, member TEXT NOT NULL, sealed TEXT, seal_version INTEGER NOT NULL DEFAULT 0, n INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL) WITHOUT ROWID')
    this.#sql.exec('CREATE INDEX IF NOT EXISTS pops_due ON pops (due_at)')
    // A page asks now and then whether its line still stands: answered without waking anybody.
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  /** A page begins to listen. The Worker has asked who it is. */
  override async fetch(request: Request): Promise<Response> {
    const listener = JSON.parse(request.headers.get(LISTENER) ?? 'null') as (Listener & { now: number }) | null // `as`: written by the one client
    if (request.headers.get('Upgrade')?.toLowerCase() !== 'websocket' || !listener) return new Response(null, { status: 426 })
    const { memberId, accountId, sid, now } = listener
    for (const old of this.ctx.getWebSockets(memberTag(memberId)).slice(0, -(PAGES - 1))) old.close(ASK_AGAIN, 'too many pages')
    const [page, ours] = Object.values(new WebSocketPair())
    if (!page || !ours) return new Response(null, { status: 500 })
    this.ctx.acceptWebSocket(ours, [memberTag(memberId), accountTag(accountId)])
    ours.serializeAttachment({ memberId, accountId, sid } satisfies Listener)
    ours.send(JSON.stringify(this.#said(memberId, now)))
    return new Response(null, { status: 101, webSocket: page })
  }

  /** Nothing is ever said to it: whoever does is no page of ours. */
  override webSocketMessage(socket: WebSocket): void {
    socket.close(1008, 'nothing is taken here')
  }

  /** A call is to be shown to a member. Told before its key is made, so that no key outlives the moment it is due. Of one that `moved` its new member's pages are told by `tell`, once they were asked about. */
  async begin({ tenantId, callId, memberId, dueAt, now }: PopBegun): Promise<PopBeginning> {
    const row = this.#row(callId)
    if (row?.member === memberId) return 'known'
    if (row) {
      this.#sql.exec('UPDATE pops SET member = ? WHERE call = ?', memberId, callId)
      this.#tell(row.member, now)
      return 'moved'
    }
    this.#sql.exec('INSERT INTO pops (call, tenant, member, due_at) VALUES (?, ?, ?, ?)', callId, tenantId, memberId, dueAt)
    await this.#arm(now)
    return 'new'
  }

  /** What is shown of a call from now on; its member's pages are told that there is something to fetch. False when its time is over. */
  show({ callId, sealed, sealVersion, now }: { callId: string; sealed: string; sealVersion: number; now: number }): boolean {
    const row = this.#row(callId)
    if (!row || row.due_at <= now) return false
    this.#sql.exec('UPDATE pops SET sealed = ?, seal_version = ?, n = n + 1 WHERE call = ?', sealed, sealVersion, callId)
    this.#tell(row.member, now)
    return true
  }

  /** A member's pages are told what it is shown. */
  tell({ memberId, now }: { memberId: string; now: number }): void {
    this.#tell(memberId, now)
  }

  /** What a member is shown, the call that rang last first. */
  shown({ memberId, now }: { memberId: string; now: number }): PopCell[] {
    return this.#shown(memberId, now).map(({ call, sealed, seal_version, due_at }) => ({ callId: call, sealed: sealed ?? '', sealVersion: seal_version, dueAt: due_at }))
  }

  /** In which sessions pages of a member listen. */
  listeners(memberId: string): Listener[] {
    return this.ctx.getWebSockets(memberTag(memberId)).map(listenerOf)
  }

  /** Close sockets. Whoever may still listen comes again and is asked anew. */
  hangUp(whose: HungUp): number {
    const sockets = whose === 'everybody' ? this.ctx.getWebSockets() : this.ctx.getWebSockets('accountId' in whose ? accountTag(whose.accountId) : memberTag(whose.memberId))
    for (const socket of sockets) socket.close(ASK_AGAIN, 'ask again')
    return sockets.length
  }

  /** Of an account's pages only those of these sessions go on listening. */
  keepOnly({ accountId, sids }: { accountId: string; sids: readonly string[] }): void {
    for (const socket of this.ctx.getWebSockets(accountTag(accountId))) if (!sids.includes(listenerOf(socket).sid)) socket.close(ASK_AGAIN, 'ask again')
  }

  /** A member is done with a call: its pages show it no more, and it is due at once. */
  async dismiss({ callId, memberId, now }: { callId: string; memberId: string; now: number }): Promise<void> {
    if (this.#row(callId)?.member !== memberId) return
    this.#sql.exec('UPDATE pops SET due_at = min(due_at, ?) WHERE call = ?', now, callId)
    this.#tell(memberId, now)
    await this.#arm(now)
  }

  /** The ciphertext of every call whose time is over goes, and its pages are told; answers whose keys are to be destroyed. */
  expire(now: number): string[] {
    const due = this.#sql.exec<Row>('SELECT * FROM pops WHERE due_at <= ?', now).toArray()
    this.#sql.exec('UPDATE pops SET sealed = NULL WHERE due_at <= ?', now)
    for (const member of new Set(due.filter(({ sealed }) => sealed !== null).map(({ member }) => member))) this.#tell(member, now)
    return due.map(({ call }) => call)
  }

  /** The keys of these calls are destroyed: nothing of them is left here. */
  ended(callIds: readonly string[]): void {
    for (const call of callIds) this.#sql.exec('DELETE FROM pops WHERE call = ?', call)
  }

  /** Its organisation was destroyed. */
  async forget(): Promise<void> {
    this.hangUp('everybody')
    this.#sql.exec('DELETE FROM pops')
    await this.ctx.storage.deleteAlarm()
  }

  override async alarm(): Promise<void> {
    // Until the deployment's clock was read, the next look is by the platform's: an alarm that fails too often is given up.
    let rearm = () => this.ctx.storage.setAlarm(RETRY_MS - clockLead(0))
    try {
      const verbs = verbsOf(this.ctx)
      const now = await verbs.now()
      rearm = () => this.#arm(now, now)
      this.expire(now)
      const tenants = this.#sql.exec<{ tenant: string }>('SELECT DISTINCT tenant FROM pops WHERE due_at <= ?', now).toArray()
      for (const { tenant } of tenants) await verbs.wake('end-pops', tenant)
    } finally {
      await rearm()
    }
  }

  /** One alarm, at the earliest due moment; what an ending left over is tried again a little later. */
  async #arm(now: number, triedAt = 0): Promise<void> {
    const next = this.#sql.exec<{ at: number | null }>('SELECT min(due_at) AS at FROM pops').one().at
    if (next !== null) await this.ctx.storage.setAlarm(Math.max(next, triedAt === 0 ? next : triedAt + RETRY_MS) - clockLead(now))
  }

  #tell(memberId: string, now: number): void {
    const said = JSON.stringify(this.#said(memberId, now))
    for (const socket of this.ctx.getWebSockets(memberTag(memberId))) socket.send(said)
  }

  #said(memberId: string, now: number): PopsSaid {
    return { pops: this.#shown(memberId, now).map(({ call, n }) => ({ call, n })) }
  }

  #shown(memberId: string, now: number): Row[] {
    return this.#sql.exec<Row>('SELECT * FROM pops WHERE member = ? AND sealed IS NOT NULL AND due_at > ? ORDER BY due_at DESC', memberId, now).toArray()
  }

  #row(callId: string): Row | undefined {
    return this.#sql.exec<Row>('SELECT * FROM pops WHERE call = ?', callId).toArray()[0]
  }
}

const memberTag = (memberId: string): string => `member ${memberId}`
const accountTag = (accountId: string): string => `account ${accountId}`
const listenerOf = (socket: WebSocket): Listener => socket.deserializeAttachment() as Listener // `as`: written when it was accepted
