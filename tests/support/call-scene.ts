import { exports } from 'cloudflare:workers'
import { connectProvider } from '../../worker/calls/intake/connect-provider.ts'
import type { ProviderName } from '../../worker/calls/intake/contract.ts'
import { mapHandler } from '../../worker/calls/intake/map-handler.ts'
import { signAs } from '../../worker/calls/intake/sign-as.ts'
import { sessionIndex } from '../../worker/calls/intake/take-calls.ts'
import { listCalls } from '../../worker/calls/log/list-calls.ts'
import type { CallView } from '../../worker/calls/log/contract.ts'
import { testClock } from './clock.ts'
import { newTenant, type TestTenant } from './new-tenant.ts'
import { asOwner, reachNow, type Browser } from './scene.ts'

const { default: worker } = exports as unknown as { default: Fetcher } // `as`: typed by the entry file

type Sent = { readonly id?: string; readonly secret?: string; readonly now?: number; readonly fetching?: (request: Request) => Promise<Response> }
type Told = { readonly at?: number; readonly phone?: string; readonly agent?: string; readonly duration?: number; readonly transcript?: string; readonly text?: string; readonly [more: string]: unknown }

/** A dialler of an agency’s, as the dialler itself sees it: an address and a secret. */
export class Dialler {
  readonly id: string
  readonly url: string
  readonly secret: string
  readonly provider: ProviderName
  readonly tenant: TestTenant
  readonly owner: Browser

  constructor(parts: { id: string; url: string; secret: string; provider: ProviderName; tenant: TestTenant; owner: Browser }) {
    this.id = parts.id
    this.url = parts.url
    this.secret = parts.secret
    this.provider = parts.provider
    this.tenant = parts.tenant
    this.owner = parts.owner
  }

  /** One signed message through the door that every sender comes by. */
  async send(said: Record<string, unknown>, { id = crypto.randomUUID(), secret = this.secret, now, fetching = (request) => worker.fetch(request) }: Sent = {}): Promise<Response> {
    const message = await signAs(this.provider, secret, { id, now: now ?? (await testClock()), said })
    return fetching(new Request(this.url, { method: 'POST', headers: message.headers, body: new Uint8Array(message.body) }))
  }

  /** What an agency's dialler without an adapter of its own says of a call. */
  async tell(kind: string, call: string, { at, ...data }: Told = {}, sent: Sent = {}): Promise<Response> {
    return this.send({ type: `call.${kind}`, timestamp: new Date(at ?? (await testClock())).toISOString(), data: { call, direction: 'inbound', phone: '+1 415 555 0132', ...data } }, sent)
  }

  /** From now on this word means that member. */
  async means(word: string, memberId: string): Promise<void> {
    await this.owner.run((ctx) => mapHandler(ctx, this.id, { word, memberId }))
  }

  /** Everybody's calls, as the owner sees them. */
  calls(): Promise<CallView[]> {
    return this.owner.run(async (ctx) => (await listCalls(ctx, { limit: 100 })).calls)
  }
}

/** A dialler connected by the owner of an agency: of a new one, unless another is given. */
export async function newDialler(provider: ProviderName = 'standard', given?: TestTenant): Promise<Dialler> {
  const tenant = given ?? (await newTenant({ preset: 'callintel' }))
  const owner = await asOwner(tenant)
  const { url, secret, connection } = await owner.run((ctx) => connectProvider(ctx, { provider, label: 'Main line' }))
  return new Dialler({ id: connection.id, url, secret, provider, tenant, owner })
}

/** Calls of this agency whose key lies in the bucket; those made ahead of calls to come are nobody's yet. */
export async function keysOfCalls({ tenant }: Dialler): Promise<string[]> {
  const reach = await reachNow()
  const { results } = await reach.shard(tenant.shard).prepare('SELECT id FROM calls WHERE tenant_id = ?').bind(tenant.id).all<{ id: string }>()
  const { objects } = await reach.env.KEYS.list({ prefix: `salts/${tenant.id}/call/` })
  return objects.map(({ key }) => key.split('/').at(-1) ?? '').filter((key) => results.some(({ id }) => id === key))
}

type SyncRow = { id: string; state: string; syncState: string; syncDueAt: number | null; syncAttempts: number; syncTrouble: string | null; content: string | null; purgedBy: string | null; noteId: string | null }

/** What the shard holds of the call of one of a dialler's sessions, past the product. */
export async function callRow({ tenant, id }: Dialler, session: string): Promise<SyncRow> {
  const columns = 'id, state, sync_state AS syncState, sync_due_at AS syncDueAt, sync_attempts AS syncAttempts, sync_trouble AS syncTrouble, content, purged_by AS purgedBy, note_id AS noteId'
  const row = await (await reachNow()).shard(tenant.shard).prepare(`SELECT ${columns} FROM calls WHERE tenant_id = ? AND session_id = ?`).bind(tenant.id, await tenant.asJob((ctx) => sessionIndex(ctx, id, session))).first<SyncRow>()
  if (!row) throw new Error('there is no such call')
  return row
}
