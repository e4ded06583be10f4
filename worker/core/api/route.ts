import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

/**
 * One route of the API, as data. The same declaration is enforced (every schema), documented (OpenAPI 3.1), swept for
 * foreign tenants, and fuzzed; there is no second description that could drift.
 */
export type ApiRoute = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** OpenAPI form: `/api/v1/members/{memberId}`. */
  readonly path: `/api/${string}`
  readonly operationId: string
  readonly summary: string
  readonly tag: string
  /** What a workspace key needs; null where only a signed-in person may. */
  readonly scope: string | null
  readonly params: z.ZodObject
  readonly query: z.ZodObject
  /** JSON body, or null for none. */
  readonly body: z.ZodType | null
  /** Takes a file of at most so many bytes as its body instead; it streams and is never held whole. */
  readonly fileBytes: number | null
  readonly answer: z.ZodType | null
  readonly status: 200 | 201 | 202 | 204
  /** A secret that is shown once: no answer is kept for replay, a repeat is 409 `already_issued`. */
  readonly showsOnce: boolean
  /** The ETag is the version that the verb names, and a change needs it in If-Match. */
  readonly versioned: boolean
  /** Why a PUT, PATCH or DELETE that is not versioned can undo nobody's change. */
  readonly overwritesNothing: string | null
  /** Statuses of refusals that this route alone has, beside those that follow from its declaration: `410`. */
  readonly alsoRefuses: readonly number[]
  /** What a repeat of a POST under its Idempotency-Key is told of the thing it made, should its first answer be lost. */
  readonly again: ((ctx: Ctx, subject: string) => Promise<unknown>) | null
  readonly run: (ctx: Ctx, input: ApiInput) => Promise<Answer>
}

/** What the schemas made of the request. */
export type ApiInput = { readonly params: unknown; readonly query: unknown; readonly body: unknown; readonly file: UploadedFile | null; readonly ifMatch: string | null }

/** A body that streams in. `once`: a verb may run again at a fresh seat, the stream can be read only once. */
export type UploadedFile = { readonly stream: ReadableStream<Uint8Array>; readonly type: string | null; readonly once: <T>(read: () => Promise<T>) => Promise<T> }

/** A verb's answer: the body, and the version for the ETag where the route is versioned; otherwise the body's digest is its ETag. */
export type Answer = { readonly body: unknown; readonly version?: string | number; readonly next?: string | null }

type Declared<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType | null> = {
  readonly method: ApiRoute['method']
  readonly path: ApiRoute['path']
  readonly operationId: string
  readonly summary: string
  readonly tag: string
  readonly scope?: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly fileBytes?: number
  readonly answer?: z.ZodType
  readonly status?: ApiRoute['status']
  readonly showsOnce?: boolean
  readonly versioned?: boolean
  readonly overwritesNothing?: string
  readonly alsoRefuses?: readonly number[]
  readonly again?: ApiRoute['again']
  readonly run: (ctx: Ctx, input: { params: z.output<P>; query: z.output<Q>; body: B extends z.ZodType ? z.output<B> : null; file: UploadedFile | null; ifMatch: string | null }) => Promise<Answer>
}

const nothing = z.strictObject({})

/** Declare a route; its `run` sees exactly what its schemas made of the request. */
export function route<P extends z.ZodObject = z.ZodObject<{}>, Q extends z.ZodObject = z.ZodObject<{}>, B extends z.ZodType | null = null>(declared: Declared<P, Q, B>): ApiRoute {
  return {
    scope: null,
    params: nothing,
    query: nothing,
    body: null,
    fileBytes: null,
    answer: null,
    status: 200,
    showsOnce: false,
    versioned: false,
    overwritesNothing: null,
    alsoRefuses: [],
    again: null,
    ...declared,
    run: declared.run as ApiRoute['run'], // `as`: the mount hands in exactly what these schemas parsed
  }
}
