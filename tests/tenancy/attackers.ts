import { newId } from '../../worker/core/id.ts'
import { presetNames } from '../../worker/core/tenancy/contract.ts'
import { asStranger } from '../support/scene.ts'
import { withBrowser, withKey, type Ask, type Sender } from './ask.ts'
import { carrierKey } from './carrier-cases.ts'
import { newHome } from './home.ts'

export const principals = ['owner', 'member', 'key', 'carrier', 'anonymous'] as const
export type Principal = (typeof principals)[number]

/** Requests a person or key may send in a minute; a few are kept back for what a test sends besides. */
const PER_MINUTE = 90

type Held = { readonly sender: Sender; used: number; since: number }

/** People and keys of other tenants. When all of a kind have used up their minute, another tenant is made. */
export class Attackers {
  readonly #held: Record<Principal, Held[]> = { owner: [], member: [], key: [], carrier: [], anonymous: [{ sender: withBrowser(asStranger()), used: -Infinity, since: 0 }] }
  #recruiting: Promise<void> = Promise.resolve()
  #homes = 0

  /** Somebody who may still send `requests` in this minute. */
  async take(principal: Principal, requests: number): Promise<Sender> {
    for (;;) {
      const held = this.#held[principal].find((each) => this.#left(each) >= requests)
      if (held) {
        held.used += requests
        return held.sender
      }
      this.#recruiting = this.#recruiting.then(() => (this.#held[principal].some((each) => this.#left(each) >= requests) ? undefined : this.#recruit()))
      await this.#recruiting
    }
  }

  #left(held: Held): number {
    if (Date.now() - held.since > 61_000) {
      held.used = Math.min(held.used, 0)
      held.since = Date.now()
    }
    return PER_MINUTE - held.used
  }

  async #recruit(): Promise<void> {
    const preset = presetNames[this.#homes % presetNames.length]
    this.#homes += 1
    const home = await newHome(`attacker${this.#homes}`, preset)
    const { token } = await home.apiKey()
    const program = await carrierKey(home)
    const { browser } = await home.someone('member')
    const since = Date.now()
    this.#held.owner.push({ sender: withBrowser(home.owner), used: 10, since })
    this.#held.member.push({ sender: withBrowser(browser), used: 0, since })
    this.#held.key.push({ sender: withKey(token), used: 0, since })
    this.#held.carrier.push({ sender: withKey(program.token), used: 0, since })
  }
}

/** What looks like the id of one thing: a TypeID. Tokens and numbers are a case's own affair. */
const id = /\b([a-z]{3})_[0-7][0-9a-hjkmnp-tv-z]{25}\b/g

/** Every id that an ask names. */
export const idsIn = (ask: Ask): string[] => [...new Set([...JSON.stringify({ ...ask, bytes: null }).matchAll(id)].map(([whole]) => whole))]

/** The same ask for things that are nowhere: each id replaced by a new one of its kind, the same one by the same. */
export function unknown(ask: Ask, now: number): Ask {
  const swaps = new Map(idsIn(ask).map((known) => [known, newId(known.slice(0, 3), now)]))
  return swapped(ask, swaps)
}

/** An ask with some of its ids replaced. */
export function swapped({ bytes, ...ask }: Ask, swaps: ReadonlyMap<string, string>): Ask {
  let text = JSON.stringify(ask)
  for (const [from, to] of swaps) text = text.replaceAll(from, to)
  return { ...(JSON.parse(text) as Ask), ...(bytes ? { bytes } : {}) } // `as`: the same shape as before
}

/** What a program may call a tenant, here and on the five pages whose promises we keep. */
const names = ['tenantId', 'tenant_id', 'tenant', 'workspace_id', 'company_id', 'agencyId', 'organization_id']
const headers = ['X-Tenant-Id', 'X-Tenant', 'X-Workspace-Id', 'X-Company-Id', 'X-Agency-Id', 'X-Organization-Id']

export const tricks = ['as it is', 'query', 'body', 'header'] as const
export type Trick = (typeof tricks)[number]

/** An ask that says besides that it is meant for a tenant, by every name a server might listen to. */
export function naming(ask: Ask, trick: Trick, tenantId: string): Ask {
  const named = Object.fromEntries(names.map((name) => [name, tenantId]))
  switch (trick) {
    case 'as it is':
      return ask
    case 'query':
      return { ...ask, query: { ...named, ...ask.query } }
    case 'body':
      return ask.json ? { ...ask, json: { ...named, ...ask.json } } : { ...ask, form: { ...named, ...ask.form } }
    case 'header':
      return { ...ask, headers: { ...Object.fromEntries(headers.map((name) => [name, tenantId])), ...ask.headers } }
  }
}
