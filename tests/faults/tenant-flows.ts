import { PLATFORM } from '../../worker/core/reach.ts'
import { drained } from '../support/scene.ts'
import { senderOf } from '../tenancy/senders.ts'
import { cases } from '../tenancy/route-cases.ts'
import { entranceNamed, sent } from './act.ts'
import { countOf } from './events-so-far.ts'
import type { Flow } from './flow.ts'

/** How often a repetition may carry it out: once, where the thing is named; twice, where each request is for a new one. */
const ONCE = 1
const EACH_TIME = 2

/** Requests within a tenant, as the walks make them. */
export const tenantFlows: readonly Flow[] = [
  request('POST /people/invite', ONCE),
  request('POST /api/v1/invitations', ONCE),
  request('POST /people', ONCE),
  request('PUT /api/v1/members/:memberId/role', ONCE),
  request('POST /people/:memberId/removal', ONCE),
  request('POST /people/:memberId/ownership', ONCE),
  request('POST /people/leave', ONCE),
  request('PATCH /api/v1/policy', ONCE),
  request('POST /api/v1/documents', ONCE),
  request('PUT /api/v1/documents/:documentId/content', ONCE),
  request('POST /documents/upload', EACH_TIME),
  request('POST /api/v1/documents/:documentId/links', ONCE),
  request('GET /documents/file/*', EACH_TIME),
  request('POST /api/v1/documents/:documentId/trash', ONCE),
  request('DELETE /api/v1/documents/:documentId/trash', ONCE),
  request('POST /api/v1/api-keys', ONCE),
  request('POST /api/v1/api-keys/:keyId/revocation', ONCE),
  request('POST /audit/:number', EACH_TIME),
  request('POST /audit/export', EACH_TIME),
  request('GET /audit/exports/:ticket', EACH_TIME),
  request('POST /keys', ONCE),
  request('POST /delivery', ONCE),
  request('POST /security', EACH_TIME),
  request('POST /security/close', ONCE),
  request('POST /security/closings', ONCE),
  request('GET /people', EACH_TIME),
  request('POST /api/v1/packets/:packetId/forms', ONCE),
  request('POST /requests/:requestId/packet', EACH_TIME),
  request('POST /signing/:packetId', ONCE),
  request('POST /releases/:releaseId', ONCE),
]

/** The first case of an entrance, by whoever the walks send there. Every POST of the API carries an Idempotency-Key. */
function request(name: string, most: number): Flow {
  const found = cases.find(({ entrance }) => entrance === name)
  if (!found) throw new Error(`there is no case for ${name}`)
  const { records, log } = found
  return {
    name,
    ...(found.ends ? { ends: true } : {}),
    begin: async (home) => {
      const entrance = entranceNamed(name)
      const sender = await senderOf(home, found)
      await drained(home.tenant.id) // an export wants a log that has entries
      const plain = await found.ask(home, sender)
      const ask = name.startsWith('POST /api/') ? { ...plain, headers: { ...plain.headers, 'Idempotency-Key': crypto.randomUUID() } } : plain
      await drained(home.tenant.id)
      const where = log === 'platform' ? PLATFORM : log ? log(ask) : home.tenant.id
      const before = records ? await countOf(where, records) : 0
      return {
        home,
        act: sent(sender, entrance, ask),
        wrong: async () => {
          if (!records) return []
          const added = (await countOf(where, records)) - before
          return added >= 1 && added <= most ? [] : [`${records} was recorded ${added} times`]
        },
      }
    },
  }
}
