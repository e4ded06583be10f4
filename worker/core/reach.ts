import { KeyGuards } from './api/key-guards.ts'
import { ChainClient } from './audit/chain-client.ts'
import { GatheredPokes } from './audit/gathered-pokes.ts'
import { CookieSigner } from './cookies.ts'
import { type Env, type ShardName, shardNamesOf } from './env.ts'
import { HookGuards } from './hooks/hook-guards.ts'
import { AccountGuards } from './identity/account-guards.ts'
import { Gate } from './identity/gate.ts'
import { HashQueue } from './identity/hash-queue.ts'
import { TimersClient } from './limits/timers-client.ts'
import { databaseOf, type Database } from './tenancy/bounds.ts'
import { DirectoryDb } from './tenancy/directory-db.ts'
import { ShardReader } from './tenancy/shard-reader.ts'
import { TenantDb, type Seat } from './tenancy/tenant-db.ts'
import { KeyCache } from './vault/key-cache.ts'
import { VaultFault } from './vault/fault.ts'
import { readKeks } from './vault/kek.ts'
import { ensureRoots, type Keyring } from './vault/keyring.ts'
import { TenantVault } from './vault/tenant-vault.ts'

/** The tenant id under which the deployment itself keeps roots, salts and its log. */
export const PLATFORM = 'platform'

/**
 * What outlives a request in an isolate: unwrapped roots for at most five minutes, the parsed KEKs, the signer of cookies, the
 * names of the shards, the databases as the product sees them, who waits to wake a drain, and the queue before the password hash. Values, not promises: work begun by one request may be cancelled with it, and others waiting on it would hang.
 */
export type Isolate = { readonly cache: KeyCache; readonly databases: WeakMap<D1Database, Database>; keyring: Keyring | null; signer: CookieSigner | null; shardNames: readonly ShardName[] | null; readonly pokes: GatheredPokes; readonly hookPokes: GatheredPokes; readonly hashes: HashQueue; readonly refusesDevKeys: boolean }

/** Made once by the entry, handed in from there: no module of ours holds state. Production's refuses root keys marked `dev:`. */
export const newIsolate = (hashes = new HashQueue(), refusesDevKeys = false, hookPokes = new GatheredPokes()): Isolate => ({ cache: new KeyCache(), databases: new WeakMap(), keyring: null, signer: null, shardNames: null, pokes: new GatheredPokes(), hookPokes, hashes, refusesDevKeys })

/**
 * Everything a request can reach beyond its own tenant's rows. Made per request from the bindings; each Durable Object is
 * spoken to through the one client named here.
 */
export class Reach {
  readonly env: Env
  readonly directory: DirectoryDb
  readonly guards: AccountGuards
  readonly keyGuards: KeyGuards
  readonly hookGuards: HookGuards
  readonly gate: Gate
  readonly chain: ChainClient
  readonly timers: TimersClient
  readonly keyring: Keyring
  /** One password hash at a time, for the whole isolate. */
  readonly hashes: HashQueue
  /** Signs what browsers and programs carry: cookies, form tokens, links, key tokens. */
  readonly signer: CookieSigner
  readonly #cache: KeyCache
  readonly #databases: Isolate['databases']
  readonly #shardNames: readonly ShardName[]

  constructor(env: Env, keyring: Keyring, isolate: Isolate) {
    this.env = env
    this.keyring = keyring
    this.hashes = isolate.hashes
    this.#cache = isolate.cache
    this.signer = isolate.signer ??= new CookieSigner(env.SESSION_MAC_KEY)
    this.#shardNames = isolate.shardNames ??= shardNamesOf(env)
    this.#databases = isolate.databases
    this.directory = new DirectoryDb(this.#database(env.DIRECTORY).db)
    this.guards = new AccountGuards(env)
    this.keyGuards = new KeyGuards(env)
    this.hookGuards = new HookGuards(env)
    this.gate = new Gate(env)
    this.chain = new ChainClient(env)
    this.timers = new TimersClient(env)
  }

  get cache(): KeyCache {
    return this.#cache
  }

  get shardNames(): string[] {
    return [...this.#shardNames]
  }

  /** What crons and probes may ask of all tenants of a shard. */
  reader(name: string): ShardReader {
    return new ShardReader(this.shard(name))
  }

  /** For `worker/core/tenancy` only (held by an architecture test): the shard's raw database. */
  shard(name: string): D1Database {
    return this.#shard(name).d1
  }

  tenantDb(seat: Seat): TenantDb {
    return new TenantDb(this.#shard(seat.shard), seat)
  }

  #shard(name: string): Database {
    const known = this.#shardNames.find((each) => each === name)
    const shard = known && this.env[known]
    if (!shard) throw new TypeError(`no binding for shard ${name}`)
    return this.#database(shard)
  }

  /** Made once an isolate: making it costs as much as a short question. */
  #database(binding: D1Database): Database {
    const held = this.#databases.get(binding)
    if (held) return held
    const made = databaseOf(binding)
    this.#databases.set(binding, made)
    return made
  }

  /** A tenant's vault at the seal version its fence had when last seen. Only the `seal` root ever has a second version in use. */
  vault(tenant: string, sealVersion: number, now: number): TenantVault {
    return new TenantVault({ tenant, versions: { seal: sealVersion, index: 1, token: 1, audit: 1 }, keyring: this.keyring, cache: this.#cache, now })
  }
}

/** The clients for one request. KEKs are parsed and the deployment's own roots looked for once per isolate. */
export async function reachOf(env: Env, isolate: Isolate): Promise<Reach> {
  isolate.keyring ??= await keyringOf(env, isolate) // what failed is not remembered: the next request reads the secrets again
  return new Reach(env, isolate.keyring, isolate)
}

/** What opens keys; with the first request of a new deployment, the roots it seals its own under. */
async function keyringOf(env: Env, { refusesDevKeys }: Isolate): Promise<Keyring> {
  const keyring = { bucket: env.KEYS, keks: await readKeks(env) }
  if (keyring.keks.dev && refusesDevKeys) throw new VaultFault('kek_malformed') // made on somebody's machine, and maybe printed there
  await ensureRoots(keyring, PLATFORM)
  return keyring
}
