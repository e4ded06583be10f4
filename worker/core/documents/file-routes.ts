import { Hono } from 'hono'
import { asCaller } from '../api/enter.ts'
import type { Ctx } from '../ctx.ts'
import type { Door } from '../door.ts'
import { Fault, isFault, type Failure } from '../failure.ts'
import { CreateDocument, MAX_BYTES } from './contract.ts'
import { createDocument } from './create-document.ts'
import { boundaryOf, fieldText, MultipartReader, type Part } from './multipart.ts'
import { openDocument, type OpenedDocument } from './open-document.ts'
import { stageContent } from './stage-content.ts'
import { storeDocument } from './store-document.ts'

type FileRoutes = { Bindings: { door: Door } }

/** Room for the boundary lines, headers and fields around a file of the largest size. */
const FORM_BYTES = MAX_BYTES + 64 * 1024

export const isDocumentPath = (path: string): boolean => path === '/documents/upload' || path.startsWith('/documents/file/')

/** Pages: the form that works without scripts, and the way out through a signed link. */
export const fileRoutes = new Hono<FileRoutes>()
  .post('/documents/upload', async (c) => {
    const refused = await uploadForm(c.env.door).then(() => null, problemOf)
    return c.redirect(refused ? `/documents?refused=${refused}` : '/documents?uploaded=1', 303)
  })
  .get('/documents/file/*', async (c) => {
    // Hono answers HEAD with the GET route; a download that nobody reads must not stand in the log as one.
    if (c.env.door.request.method !== 'GET') throw new Fault({ code: 'method_not_allowed', allow: ['GET'] })
    return fileFor(c.env.door, 'documents.read', (ctx) => openDocument(ctx, c.env.door.url))
  })

/** Fields first, then the file: `csrf`, `category`, `phi_ack`, `file`. Read as it arrives; nothing is done before the token fits. */
async function uploadForm(door: Door): Promise<void> {
  const boundary = boundaryOf(door.request.headers.get('Content-Type'))
  if (!boundary || !door.request.body) throw new Fault({ code: 'malformed', detail: 'This form could not be read. Reload the page and choose the file again.' })
  demandLength(door.request, FORM_BYTES)
  const reader = new MultipartReader(door.request.body, boundary)
  const fields = new Map<string, string>()
  for (let part = await reader.next(); part; part = await reader.next()) {
    if (part.fileName === null) {
      fields.set(part.name, await fieldText(part))
      continue
    }
    if (!door.request.headers.has('X-CSRF-Token')) await door.acceptToken(fields.get('csrf') ?? '')
    return uploadPart(door, part, part.fileName, fields)
  }
  throw new Fault({ code: 'invalid', errors: [{ pointer: '/file', detail: 'Choose a file.' }] })
}

async function uploadPart(door: Door, part: Part, fileName: string, fields: ReadonlyMap<string, string>): Promise<void> {
  const input = CreateDocument.safeParse({ name: fileName.split(/[/\\]/).at(-1), category: fields.get('category'), phi_ack: fields.get('phi_ack') === 'yes' })
  if (!input.success) throw new Fault({ code: 'invalid', errors: input.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, detail: issue.message })) })
  const { id } = await door.tenant((ctx) => createDocument(ctx, input.data))
  const staged = await door.tenant((ctx) => stageContent(ctx, { documentId: id, bytes: streamOf(part.body()), claimedType: part.type }))
  await door.tenant((ctx) => storeDocument(ctx, staged))
}

const streamOf = (chunks: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>({
    async pull(controller) {
      const step = await chunks.next()
      if (step.done) controller.close()
      else controller.enqueue(step.value)
    },
  })

/**
 * The document behind a signed link, for a key with the scope or somebody signed in. Saved, never shown: an attachment of its own type that may not be sniffed, in a sandbox
 * without an origin should a browser show it anyway. Whoever has no live session gets the same refusal as the wrong session.
 */
export async function fileFor(door: Door, scope: string | null, open: (ctx: Ctx) => Promise<OpenedDocument>): Promise<Response> {
  const document = await asCaller(door, scope, open).catch((thrown: unknown) => {
    throw isFault(thrown) && unknown.has(thrown.failure.code) ? new Fault({ code: 'link_refused' }) : thrown
  })
  return answerOf(document)
}

/** The answer that a document leaves in. */
export const answerOf = (document: OpenedDocument): Response =>
  new Response(document.stream.pipeThrough(new FixedLengthStream(document.size)), {
    headers: {
      'Content-Type': document.mediaType,
      'Content-Disposition': dispositionOf(document.name),
      'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    },
  })

/** Failures that say who is asking rather than what is wrong with the link. */
const unknown: ReadonlySet<Failure['code']> = new Set<Failure['code']>(['unauthenticated', 'not_found', 'mfa_required', 'mfa_enrolment_required', 'role_required'])

/** RFC 6266 §4.3: a plain name for everyone, the real one in UTF-8 for those who read it. */
const dispositionOf = (name: string): string =>
  `attachment; filename="${name.replace(/[^\x20-\x7e]|["\\%;]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`

/** What the client says of the length, refused before a byte is read; what really arrives is counted besides. */
function demandLength(request: Request, limit: number): void {
  if (Number(request.headers.get('Content-Length') ?? 0) > limit) throw new Fault({ code: 'too_large', limitBytes: MAX_BYTES })
}

/** The word for the address of the page that says it: a code, or the field in question. Nothing typed. */
function problemOf(thrown: unknown): string {
  if (!isFault(thrown)) throw thrown
  const { failure } = thrown
  if (failure.code === 'invalid') return failure.errors[0]?.pointer.slice(1) ?? 'invalid'
  if (new Set<Failure['code']>(['unsupported_media', 'too_large', 'malformed', 'conflict', 'rate_limited']).has(failure.code)) return failure.code
  throw thrown
}
