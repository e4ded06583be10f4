import { documentsOf } from './stored-objects.ts'
import { eventsSoFar, type Said } from './events-so-far.ts'
import { bindings, drained, reachNow } from '../support/scene.ts'
import type { TestTenant } from '../support/tenant-words.ts'

/**
 * What is not as it ought to be in a tenant at any moment, each as a sentence: its outbox and its fence agree, every row has
 * the event that made it so, and every event the row it tells of. `underWay`: a request still hangs, whose bytes no row names yet.
 */
export async function wrongAtOnce(tenant: TestTenant, { underWay = false } = {}): Promise<string[]> {
  const shard = await shardOf(tenant.id)
  if (!shard) return [] // destroyed: its own flow says what is left of it
  const rows = await rowsOf(shard, tenant.id)
  const said = await eventsSoFar(tenant.id, shard)
  return [...fence(rows, said), ...people(rows, said), ...invitations(rows, said), ...documents(rows, said, underWay ? null : await documentsOf(tenant.id)), ...keys(rows, said), ...policies(rows, said)]
}

/** The same once everything is drained, and across the stores: directory, guards, keys. */
export async function wrongAtRest(tenant: TestTenant): Promise<string[]> {
  for (let times = 1; times <= 3; times += 1) await drained(tenant.id) // what a follower commits is drained by the next
  const wrong = await wrongAtOnce(tenant)
  const shard = await shardOf(tenant.id)
  if (!shard) return wrong
  const { fence, roles, members } = await rowsOf(shard, tenant.id)
  if (fence.event_n !== fence.sealed_n) wrong.push(`${fence.event_n - fence.sealed_n} events are not sealed`)
  const { results } = await bindings.DIRECTORY.prepare('SELECT account_id FROM account_tenants WHERE tenant_id = ?').bind(tenant.id).all<{ account_id: string }>()
  wrong.push(...differs('who may ask for the tenant, and its members', results.map(({ account_id }) => account_id), members.map(({ account_id }) => account_id)))
  const { guards } = await reachNow()
  for (const { account_id, role } of roles) {
    const seat = (await guards.of(account_id).recall()).seats.find(({ tenantId }) => tenantId === tenant.id)
    if (fence.state === 'open' && seat && seat.role !== role) wrong.push(`a guard remembers ${seat.role} where the row says ${role}`)
    if (fence.state === 'open' && !seat) wrong.push(`a guard does not know of the seat of a ${role}`)
  }
  return wrong
}

/** The shard that the directory names. */
export async function shardOf(tenantId: string): Promise<D1Database | null> {
  const row = await bindings.DIRECTORY.prepare('SELECT shard FROM tenants WHERE id = ?').bind(tenantId).first<{ shard: 'SHARD_1' | 'SHARD_2' }>()
  return row ? bindings[row.shard] : null
}

type Fence = { state: string; seal_version: number; policy_version: number; event_n: number; sealed_n: number }
type Rows = {
  readonly fence: Fence
  readonly outbox: readonly { n: number }[]
  readonly members: readonly { id: string; account_id: string }[]
  readonly roles: readonly { id: string; account_id: string; role: string }[]
  readonly invitations: readonly { id: string; accepted_by: string | null; revoked_at: number | null }[]
  readonly documents: readonly { id: string; state: string; object_id: string | null }[]
  readonly documentKeys: readonly { id: string }[]
  readonly copied: readonly { document_id: string; copied_at: number | null }[]
  readonly apiKeys: readonly { id: string; revoked_at: number | null }[]
  readonly policies: readonly { version: number }[]
  readonly sealRoots: readonly { version: number; state: string }[]
  readonly rotations: readonly { to_version: number }[]
}

/** Everything of the tenant at one moment: a batch is a transaction. */
async function rowsOf(shard: D1Database, tenantId: string): Promise<Rows> {
  const asked = {
    fence: 'SELECT * FROM tenant_fence', outbox: 'SELECT n FROM outbox', members: 'SELECT * FROM members', roles: 'SELECT * FROM user_roles', invitations: 'SELECT * FROM invitations',
    copied: 'SELECT document_id, copied_at FROM copied_documents', documents: 'SELECT * FROM documents', documentKeys: 'SELECT id FROM document_keys', apiKeys: 'SELECT * FROM api_keys', policies: 'SELECT * FROM policy_versions',
    sealRoots: "SELECT * FROM key_versions WHERE root = 'seal' AND tenant_id = ?", rotations: 'SELECT * FROM key_rotations',
  }
  const answers = await shard.batch(Object.values(asked).map((sql) => shard.prepare(sql.includes('WHERE') ? sql : `${sql} WHERE tenant_id = ?`).bind(tenantId)))
  const rows = Object.fromEntries(Object.keys(asked).map((name, index) => [name, answers[index]?.results ?? []]))
  return { ...rows, fence: rows['fence']?.[0] } as unknown as Rows // `as`: as the statements above say
}

function fence({ fence, outbox }: Rows, said: readonly Said[]): string[] {
  const waiting = outbox.map(({ n }) => n).filter((n) => n > fence.sealed_n)
  const wrong = waiting.length === fence.event_n - fence.sealed_n && (waiting.length === 0 || Math.max(...waiting) === fence.event_n) ? [] : [`the fence counts ${fence.sealed_n} to ${fence.event_n}, the outbox holds ${waiting.join(' ') || 'nothing'}`]
  if (new Set(said.map(({ id }) => id)).size !== said.length) wrong.push('an event stands twice in the log')
  return wrong
}

function people({ members, roles, fence }: Rows, said: readonly Said[]): string[] {
  const role = new Map<string, unknown>()
  for (const { name, subject, meta } of said) {
    if (name === 'core.tenant.created') role.set(String(meta['owner']), 'owner')
    if (name === 'core.member.joined') role.set(subject, meta['role'])
    if (name === 'core.member.role_changed') role.set(subject, meta['to'])
    if (name === 'core.member.removed' || name === 'core.member.left') role.delete(subject)
  }
  const wrong = differs('members and the events that made them', members.map(({ id }) => id), [...role.keys()])
  wrong.push(...differs('roles and the events that gave them', roles.map(({ id, role: held }) => `${id} ${held}`), [...role].map(([id, held]) => `${id} ${String(held)}`)))
  if (fence.state !== 'moved' && roles.filter(({ role: held }) => held === 'owner').length !== 1) wrong.push('the tenant has not exactly one owner')
  return wrong
}

function invitations({ invitations: rows }: Rows, said: readonly Said[]): string[] {
  return [
    ...differs('invitations and their events', rows.map(({ id }) => id), subjects(said, 'core.member.invited')),
    ...differs('invitations taken back and their events', rows.filter(({ revoked_at }) => revoked_at !== null).map(({ id }) => id), subjects(said, 'core.invitation.revoked')),
    ...differs('invitations taken up and their events', rows.filter(({ accepted_by }) => accepted_by !== null).map(({ id }) => id), said.filter(({ name, meta }) => name === 'core.member.joined' && meta['invitation'] !== null).map(({ meta }) => String(meta['invitation']))),
  ]
}

/** What an event makes of its document. */
const becomes: Readonly<Record<string, string>> = { 'core.document.begun': 'awaiting', 'core.document.uploaded': 'stored', 'core.document.restored': 'stored', 'core.document.trashed': 'trashed', 'core.document.purged': 'gone', 'core.document.abandoned': 'gone' }

function documents({ documents: rows, documentKeys, copied }: Rows, said: readonly Said[], objects: readonly string[] | null): string[] {
  const state = new Map<string, string>()
  for (const { name, subject, meta } of said) {
    if (becomes[name]) state.set(subject, becomes[name])
    if (name === 'core.document.made') state.set(subject, meta['held'] ? 'held' : 'stored')
    // What the product holds for a module has no trash: let go, it goes with the next purge.
    if (name === 'core.document.trashed' && rows.some((row) => row.id === subject && row.state === 'held')) state.set(subject, 'held')
  }
  const standing = rows.map(({ id, state: held }) => `${id} ${held === 'purging' ? 'gone' : held}`)
  const told = [...state].filter(([id, held]) => held !== 'gone' || rows.some((row) => row.id === id)).map(([id, held]) => `${id} ${held}`)
  const withBytes = rows.filter(({ state: held }) => held === 'stored' || held === 'trashed' || held === 'held')
  const missing = withBytes.filter(({ id, object_id }) => objects?.includes(`${id}/${object_id}`) === false).map(({ id, state: held }) => `${id} is ${held} and its bytes are missing`)
  // What a copying that broke off left lies under the id that it will be finished or forgotten by.
  const coming = copied.filter(({ copied_at }) => copied_at === null).map(({ document_id }) => ({ id: document_id }))
  const unheld = copied.filter(({ document_id, copied_at }) => rows.some(({ id, state: held }) => id === document_id && held === 'held') !== (copied_at !== null)).map(({ document_id }) => `${document_id} is the copy of a producer’s document and not held as its row says`)
  const strays = (objects ?? []).filter((path) => ![...rows, ...coming].some(({ id }) => path.startsWith(`${id}/`))).map((path) => `${path} lies in the bucket and no document names it`)
  return [...differs('documents and their events', standing, told), ...differs('documents with bytes and their keys', withBytes.map(({ id }) => id), documentKeys.map(({ id }) => id)), ...missing, ...unheld, ...strays]
}

function keys({ apiKeys, sealRoots, rotations, fence }: Rows, said: readonly Said[]): string[] {
  const newest = Math.max(...sealRoots.map(({ version }) => version))
  return [
    ...differs('API keys and their events', apiKeys.map(({ id }) => id), [...subjects(said, 'core.api_key.issued'), ...subjects(said, 'contracting.carrier_key.issued')]),
    ...differs('API keys revoked and their events', apiKeys.filter(({ revoked_at }) => revoked_at !== null).map(({ id }) => id), [...subjects(said, 'core.api_key.revoked'), ...subjects(said, 'contracting.carrier_key.revoked')]),
    ...differs('rotations and their events', rotations.map(({ to_version }) => String(to_version)), said.filter(({ name }) => name === 'core.key.rotation_started').map(({ meta }) => String(meta['version']))),
    ...(newest === fence.seal_version ? [] : [`the fence seals under ${fence.seal_version}, the newest root is ${newest}`]),
  ]
}

function policies({ policies: rows, fence }: Rows, said: readonly Said[]): string[] {
  const versions = rows.map(({ version }) => String(version))
  const wrong = differs('versions of the policy and their events', versions, ['1', ...said.filter(({ name }) => name === 'core.policy.changed').map(({ meta }) => String(meta['version']))])
  return Math.max(...rows.map(({ version }) => version)) === fence.policy_version ? wrong : [...wrong, `the fence is at policy ${fence.policy_version}, the rows are not`]
}

const subjects = (said: readonly Said[], name: string): string[] => said.filter((each) => each.name === name).map(({ subject }) => subject)

function differs(what: string, some: readonly string[], others: readonly string[]): string[] {
  const [one, other] = [some.toSorted(), others.toSorted()]
  return one.join('\n') === other.join('\n') ? [] : [`${what} differ: ${one.filter((each) => !other.includes(each)).join(', ') || 'nothing'} against ${other.filter((each) => !one.includes(each)).join(', ') || `${one.length} against ${other.length}`}`]
}
