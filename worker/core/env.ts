import type { AccountGuard } from '../../durable-objects/account-guard.ts'
import type { AuditChain } from '../../durable-objects/audit-chain.ts'
import type { HookGuard } from '../../durable-objects/hook-guard.ts'
import type { KeyGuard } from '../../durable-objects/key-guard.ts'
import type { RateLimiter } from '../../durable-objects/rate-limiter.ts'
import type { ScreenPop } from '../../durable-objects/screen-pop.ts'
import type { SignInGate } from '../../durable-objects/sign-in-gate.ts'
import type { Timers } from '../../durable-objects/timers.ts'

/**
 * Every binding and secret the Worker has. Shards are named `SHARD_<n>`; adding one is a binding in wrangler.toml.
 * Each Durable Object binding is spoken to by exactly one client file (held by an architecture test).
 */
export type Env = {
  DIRECTORY: D1Database
  SHARD_1: D1Database
  SHARD_2: D1Database
  [further: `SHARD_${number}`]: D1Database
  /** Wrapped roots and salts: what must be destroyable for good, so never in D1 or in an object. */
  KEYS: R2Bucket
  DOCUMENTS: R2Bucket
  /** Entries and signed checkpoints. Only AuditChain writes here. */
  AUDIT: R2Bucket
  ASSETS: Fetcher
  SIGN_IN_GATE: DurableObjectNamespace<SignInGate>
  ACCOUNT_GUARD: DurableObjectNamespace<AccountGuard>
  KEY_GUARD: DurableObjectNamespace<KeyGuard>
  HOOK_GUARD: DurableObjectNamespace<HookGuard>
  SCREEN_POP: DurableObjectNamespace<ScreenPop>
  RATE_LIMITER: DurableObjectNamespace<RateLimiter>
  AUDIT_CHAIN: DurableObjectNamespace<AuditChain>
  TIMERS: DurableObjectNamespace<Timers>
  /** Key-encryption keys, base64 of 32 bytes, `KEK_1` upwards; the newest present wraps. */
  KEK_1: string
  KEK_2?: string
  KEK_3?: string
  KEK_4?: string
  /** base64 of 32 bytes: MACs cookies and CSRF tokens, so that unauthenticated traffic never wakes an object. */
  SESSION_MAC_KEY: string
  /** base64 of the PKCS#8 form of an Ed25519 private key: signs checkpoints. */
  AUDIT_SIGNING_KEY: string
  /** base64 of the PKCS#8 form of a P-256 private key, a dot, base64 of its X.509 certificate: seals signed packets. */
  PDF_SEAL_KEY: string
  /** The one origin we are reached at, e.g. `https://countersign.example.com`. Passkeys bind to its host at first deploy. */
  ORIGIN: string
  /** Shown by /healthz. */
  VERSION: string
  /** Who may make tenants by hand: e-mail addresses, comma separated. */
  OPERATORS?: string
  /** `open` lets anyone make a tenant; `operator` leaves it to operators. */
  SIGN_UP?: 'open' | 'operator'
  /** Where vulnerabilities are reported; `security@<host>` when unset. */
  SECURITY_CONTACT?: string
  MAIL_PROVIDER?: 'resend'
  MAIL_FROM?: string
  /** Postal address of whoever runs the deployment, for the foot of every mail. */
  MAIL_ADDRESS?: string
  RESEND_API_KEY?: string
  /** Base URL of Resend's API where it is another than the real one; a path stands for one on our own origin (development). */
  RESEND_URL?: string
  /** Where receivers of webhooks are on a development machine, below our own origin; absent everywhere else. */
  HOOKS_URL?: string
  /** Where agency management systems are on a development machine, below our own origin; absent everywhere else. */
  AMS_URL?: string
  /** Where assistants are on a development machine, likewise. */
  ASSISTANT_URL?: string
  /** JSON array of OIDC providers: { id, label, issuer, clientId, clientSecret }. */
  OIDC_PROVIDERS?: string
}

/** The names of the shards in the order of their numbers: every binding that is called like one. */
export function shardNamesOf(env: Env): ShardName[] {
  const numbers = Object.keys(env).flatMap((name) => /^SHARD_(\d+)$/.exec(name)?.[1] ?? []).map(Number)
  return numbers.toSorted((a, b) => a - b).map((n): ShardName => `SHARD_${n}`)
}

export type ShardName = `SHARD_${number}`
