import type { Counted } from '../../../durable-objects/limit-words.ts'
import type { Visit } from '../ctx.ts'
import { Fault, type RateLimitState } from '../failure.ts'
import type { LimitRule } from '../module.ts'

/** How many objects share the keys of all limits. */
const OBJECTS = 64

/** What a count said. `different`: how many different things this key was counted about in the window; `novel`: this one just joined them. */
export type LimitCount = { readonly limit: RateLimitState; readonly allowed: boolean; readonly different: number; readonly novel: boolean }

/** What somebody is counted by: an IP address as `ipKey` spells it, an account, a key, a tenant, an address's blind index. */
export type LimitKey = string

/**
 * Count one against a declared limit. The key is only ever stored as a keyed hash. `about` tells apart what it was counted
 * about (accounts tried from one address, say). Nothing is thrown: see `demand`.
 */
export async function countAgainst(visit: Visit, rule: LimitRule, key: LimitKey, about: string | null = null): Promise<LimitCount> {
  const { stub, hash } = await place(visit, rule, key)
  const counted = await stub.count({ rule: rule.name, key: hash, quota: rule.quota, windowMs: rule.windowS * 1000, now: visit.now, about })
  const { allowed, different, novel } = counted
  return { limit: stateOf(rule, counted), allowed, different, novel }
}

/** Count one, or throw `rate_limited` with when to come back. */
export async function demand(visit: Visit, rule: LimitRule, key: LimitKey): Promise<RateLimitState> {
  const { allowed, limit } = await countAgainst(visit, rule, key)
  if (!allowed) throw new Fault({ code: 'rate_limited', retryAfterS: limit.resetS, limit })
  return limit
}

/** Take one back that was counted beforehand and turned out not to matter: a right password is no attack. */
export async function giveBack(visit: Visit, rule: LimitRule, key: LimitKey): Promise<void> {
  const { stub, hash } = await place(visit, rule, key)
  await stub.giveBack({ rule: rule.name, key: hash })
}

/**
 * How an IP address is counted: an IPv6 one by its /64, because that is what one customer is given (RFC 6177), and an IPv4
 * one written as IPv6 like the IPv4 one it is.
 */
export function ipKey(ip: string): string {
  if (!ip.includes(':')) return ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped) return mapped
  const [head = '', tail] = ip.toLowerCase().split('%')[0]?.split('::') ?? []
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  const groups = [...front, ...Array.from({ length: zeros }, () => '0'), ...back].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}

async function place(visit: Visit, rule: LimitRule, key: LimitKey) {
  const hash = await visit.platformVault.index('core.limit', `${rule.name}\n${key}`)
  const at = [...hash.slice(0, 2)].reduce((sum, char) => sum * 64 + char.charCodeAt(0), 0) % OBJECTS
  const objects = visit.reach.env.RATE_LIMITER
  return { stub: objects.get(objects.idFromName(`limit-${at}`)), hash }
}

const stateOf = (rule: LimitRule, counted: Counted): RateLimitState => ({ policy: rule.name, quota: rule.quota, windowS: rule.windowS, remaining: counted.remaining, resetS: counted.resetS })
