import type { z } from 'zod'
import type { Ctx, Visit } from '../ctx.ts'
import type { JsonValue } from '../vault/sealed.ts'

/** What a mail says, before it is laid out. Sentences only: `layOut` makes the text and the HTML of it. */
export type Letter = {
  readonly subject: string
  readonly lines: readonly string[]
  /** One button. Its address opens a page whose button POSTs: mail scanners follow links, and no GET changes anything. */
  readonly action?: { readonly label: string; readonly href: string }
  /** After the button: how long it works, what to do when this was not you. */
  readonly after?: readonly string[]
  /** Why this person gets this mail. */
  readonly why: string
}

/** What a template is given when its turn has come. */
export type Sending = {
  readonly visit: Visit
  /** The tenant whose mail this is; null for the deployment's own. */
  readonly ctx: Ctx | null
  readonly deliveryId: string
  /**
   * A bearer token of 256 bits that exists only now: base64url, derived from the delivery's id under the `token` root, so
   * that a repeated attempt sends the same one. Keep its SHA-256 (`sha256Hex(token)`) and nothing else.
   */
  readonly token: string
  /** An address on our own origin. */
  readonly link: (path: `/${string}`) => string
}

/** A template as the queue knows it: by name, its parameters not yet checked. */
export type MailTemplate = {
  readonly name: string
  /** For the delivery page: "Invitation to join". */
  readonly says: string
  /** Identity mail is the deployment's (`platform`): no tenant page shows that it exists. */
  readonly scope: 'platform' | 'tenant'
  /** The letter, or null when it is no longer wanted (a used link, a revoked invitation). Throws a Fault to be tried again. */
  readonly compose: (sending: Sending, params: JsonValue) => Promise<Letter | null>
}

/** A template with the shape of its parameters, for whoever queues it. */
export type MailOf<P> = MailTemplate & { readonly params: z.ZodType<P> }

/**
 * Declare a mail. `arm` runs first, at the moment of sending: it stores the hash of `sending.token` where its redemption
 * will look, and answers false when the mail is no longer wanted. It may run again for the same delivery.
 */
export function defineMail<P extends JsonValue>(declared: {
  readonly name: string
  readonly says: string
  readonly scope: MailTemplate['scope']
  readonly params: z.ZodType<P>
  readonly arm?: (sending: Sending, params: P) => Promise<boolean>
  readonly write: (params: P, sending: Pick<Sending, 'token' | 'link'>) => Letter
}): MailOf<P> {
  const { arm, write, ...template } = declared
  return {
    ...template,
    compose: async (sending, given) => {
      const params = declared.params.parse(given)
      if (arm && !(await arm(sending, params))) return null
      return write(params, sending)
    },
  }
}
