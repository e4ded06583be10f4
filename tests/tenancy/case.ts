import type { RightDeclaration } from '../../worker/core/module.ts'
import type { Ask, Sender } from './ask.ts'
import type { Home } from './home.ts'

/**
 * One request that works: which entrance, who may, and what it says in a given tenant. `ask` makes whatever the request needs
 * there, for `by` where it must be somebody's own, and names it. The walks send the same request from other tenants, in every role, without tokens.
 */
export type Case = {
  /** As route-table.ts names it: `POST /api/v1/documents`. */
  readonly entrance: string
  /** Which one, where an entrance has several: `revoke`. */
  readonly which?: string
  /** The right it needs; `anyone` opens to strangers too, `member` to whoever works in the tenant, `carrier` to a key of a carrier's and nobody else. */
  readonly may: RightDeclaration | 'member' | 'anyone' | 'carrier'
  readonly ask: (home: Home, by: Sender) => Promise<Ask>
  /** False where a key has no business: a page's own form. */
  readonly programs?: false
  /** What a stranger gets, where it is not the way to the sign-in: `refused`. */
  readonly strangers?: 'refused'
  /** Other rights that decide within it, e.g. over what is one's own. */
  readonly also?: readonly RightDeclaration[]
  /** Who sends it in the walk over writes, where it is not the owner. */
  readonly by?: 'admin' | 'member'
  /** Where its entry stands, when not in the tenant's own log: the deployment's, or that of a tenant the request names. */
  readonly log?: 'platform' | ((ask: Ask) => string)
  /** It reaches through a link into the tenant at the other end: the one way from a tenant into another. */
  readonly bridges?: true
  /** After it the tenant, or its sender's place in it, is not what it was. */
  readonly ends?: true
  /** Sent a second time it is refused for what the first one did. */
  readonly once?: true
  /** The owner is refused for being the owner, whatever the right says. */
  readonly notOwner?: true
  /** What it adds to the tenant's log when it succeeds. Every request that changes something names one. */
  readonly records?: string
  /** What somebody of elsewhere has of it, where the request is its own proof and opens to whoever brings it: everything but the proof. */
  readonly unproven?: (ask: Ask) => Ask
  /** The same request for a thing that is nowhere, where swapping ids for unknown ones is not enough. */
  readonly absent?: (ask: Ask) => Ask
}
