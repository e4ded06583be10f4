import { z } from 'zod'
import { Fault } from '../failure.ts'
import { cursorOf, Paging, positionOf } from '../api/cursor.ts'
import { route, type ApiRoute } from '../api/route.ts'
import { demand } from '../rights.ts'
import { sha256Hex } from '../vault/digest.ts'
import { AuditEntryView, AuditFilter, filterQuery } from './contract.ts'
import { listAuditEntries } from './list-audit-entries.ts'
import { rights } from './module.ts'
import { readAuditEntry } from './read-audit-entry.ts'

const EntryNumber = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const Listing = z.strictObject({ ...AuditFilter.shape, ...Paging })
const Proof = z.object({ size: z.number(), root: z.string(), signedAt: z.number(), path: z.array(z.string()) })
const Checkpoint = z.object({ size: z.number(), root: z.string(), at: z.number(), note: z.string() })

/** The log for programs: a SIEM reads it page by page, an auditor keeps checkpoints. Nothing here writes (CIQ-62). */
export const auditRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/audit-entries', operationId: 'listAuditEntries', tag: 'Audit', scope: 'audit.read',
    summary: 'Entries of the audit log, newest first',
    query: Listing,
    answer: z.object({ entries: z.array(AuditEntryView), next: z.string().nullable(), count: z.number() }),
    run: async (ctx, { query: { cursor, limit, ...filter } }) => {
      const list = `audit_entries ${await sha256Hex(filterQuery(filter))}`
      const before = cursor === undefined ? null : (await positionOf(ctx.vault, list, cursor)).at
      const page = await listAuditEntries(ctx, filter, before, limit)
      // A page says what waits while the log is away; a program would take an empty list for an empty log.
      if (!page.reachable) throw new Fault({ code: 'unavailable', reason: 'the log' })
      const next = page.next === null ? null : await cursorOf(ctx.vault, list, { at: page.next, id: '' })
      return { body: { entries: page.entries, next, count: page.count }, next }
    },
  }),
  route({
    method: 'get', path: '/api/v1/audit-entries/{number}', operationId: 'readAuditEntry', tag: 'Audit', scope: 'audit.read',
    summary: 'One entry, the very line that was hashed, and its RFC 6962 audit path to the newest checkpoint',
    params: z.strictObject({ number: EntryNumber }),
    answer: AuditEntryView.extend({ line: z.string(), personalState: z.enum(['none', 'sealed', 'erased']), proof: Proof.nullable() }),
    run: async (ctx, { params: { number } }) => ({ body: await readAuditEntry(ctx, number) }),
  }),
  route({
    method: 'get', path: '/api/v1/audit-checkpoint', operationId: 'readAuditCheckpoint', tag: 'Audit', scope: 'audit.read',
    summary: 'The newest signed checkpoint of the log (C2SP signed note): keep it, and a later export can be held against it',
    answer: Checkpoint,
    run: async (ctx) => {
      demand(ctx, rights.readAudit)
      await ctx.db.readAll([]) // the fence: a role taken away a moment ago reads nothing
      const { checkpoint } = await ctx.reach.chain.status(ctx.tenant.id)
      if (!checkpoint) throw new Fault({ code: 'not_found' })
      const { size, root, at, note } = checkpoint
      return { body: { size, root, at, note } }
    },
  }),
]
