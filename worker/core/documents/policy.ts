import type { Actor } from '../ctx.ts'

/** What decides about one document. */
export type OwnedDocument = { readonly createdBy: string }

/** Who an actor is in `createdBy`: the account of a member, the id of a key. */
export function authorOf(actor: Actor): string {
  switch (actor.kind) {
    case 'member':
      return actor.accountId
    case 'key':
    case 'carrier':
      return actor.keyId
    case 'system':
      return actor.job
    case 'visitor':
      return 'anonymous'
  }
}

/** Whether the document is the actor's own: own ones need a lesser right. */
export const isOwn = (actor: Actor, document: OwnedDocument): boolean => authorOf(actor) === document.createdBy

/**
 * What a download link is bound to besides tenant, document and time: the very session or key that asked for it. Null for
 * whoever has neither; there is no link for those.
 */
export function bearerOf(actor: Actor): string | null {
  switch (actor.kind) {
    case 'member':
      return actor.session.sid
    case 'key':
    case 'carrier':
      return actor.keyId
    case 'system':
    case 'visitor':
      return null
  }
}
