import { rights as ai } from '../../worker/core/ai/module.ts'
import { setAssistant } from '../../worker/core/ai/set-assistant.ts'
import { readAssistant } from '../../worker/core/ai/read-assistant.ts'
import { rights as api } from '../../worker/core/api/module.ts'
import { rights as audit } from '../../worker/core/audit/module.ts'
import { rights as delivery } from '../../worker/core/delivery/module.ts'
import { rights as documents } from '../../worker/core/documents/module.ts'
import { rights as tenancy } from '../../worker/core/tenancy/module.ts'
import { pdf } from '../support/sample-files.ts'
import { drained } from '../support/scene.ts'
import { send, withBrowser, type Answer, type Ask, type Sender } from './ask.ts'
import { callCases } from './call-cases.ts'
import { carrierCases } from './carrier-cases.ts'
import { requestCases } from './request-cases.ts'
import type { Case } from './case.ts'
import type { Home } from './home.ts'
import { passportCases } from './passport-cases.ts'
import { producerCases } from './producer-cases.ts'
import { packetCases } from './packet-cases.ts'
import { entrances } from './route-table.ts'

const nothing = async (): Promise<Ask> => ({})

/** Every case there is. A route without one fails the sweep: add it here, with whatever it needs in home.ts. */
export const cases: readonly Case[] = [
  ...producerCases,
  { entrance: 'GET /healthz', may: 'anyone', ask: nothing },
  { entrance: 'GET /api/openapi.json', may: 'anyone', ask: nothing },
  { entrance: 'GET /trust.json', may: 'anyone', ask: nothing },
  { entrance: 'GET /.well-known/security.txt', may: 'anyone', ask: nothing },
  { entrance: 'GET /trust', may: 'anyone', ask: nothing },
  { entrance: 'GET /api/docs', may: 'anyone', ask: nothing },
  { entrance: 'GET /problems/:code', may: 'anyone', ask: async () => ({ params: { code: 'not_found' } }) },
  { entrance: 'GET /', may: 'anyone', ask: nothing },

  { entrance: 'GET /api/v1/api-keys', may: api.readKeys, ask: nothing },
  { entrance: 'POST /api/v1/api-keys', may: api.issueKey, records: 'core.api_key.issued', ask: async ({ word }) => ({ json: { label: `New ${word.slice(0, 4)}`, scopes: ['members.read'], days: 1 } }) },
  { entrance: 'POST /api/v1/api-keys/:keyId/revocation', may: api.issueKey, records: 'core.api_key.revoked', ask: async (home) => ({ params: { keyId: (await home.apiKey()).id } }) },
  { entrance: 'GET /api-keys', may: api.readKeys, ask: nothing },
  { entrance: 'POST /api-keys', which: 'issue', may: api.issueKey, records: 'core.api_key.issued', ask: async () => ({ form: { label: 'From a form', scopes: 'members.read', days: '1' } }) },
  { entrance: 'POST /api-keys', which: 'revoke', may: api.issueKey, records: 'core.api_key.revoked', ask: async (home) => ({ form: { intent: 'revoke', key: (await home.apiKey()).id } }) },

  { entrance: 'GET /api/v1/assistant', may: ai.readAssistant, ask: async (home) => (await assistant(home), {}) },
  { entrance: 'PUT /api/v1/assistant', may: ai.writeAssistant, once: true, records: 'core.assistant.set', ask: async (home) => ({ json: { base: 'https://models.example.org/v1', model: 'small', key: 'sk-of-the-home', on: false }, headers: await seen(home, 'GET /api/v1/assistant') }) },
  { entrance: 'DELETE /api/v1/assistant', may: ai.writeAssistant, once: true, records: 'core.assistant.removed', ask: async (home) => (await assistant(home), {}) },
  { entrance: 'POST /api/v1/assistant/tests', may: ai.writeAssistant, records: 'core.assistant.tested', ask: async (home) => (await assistant(home), {}) },
  { entrance: 'GET /assistant', may: ai.readAssistant, ask: async (home) => (await assistant(home), {}) },
  { entrance: 'POST /assistant', which: 'set', may: ai.writeAssistant, programs: false, once: true, records: 'core.assistant.set', ask: async (home) => ({ form: { intent: 'set', version: String(await assistant(home)), base: 'https://models.example.org/v1', model: 'small', secret: 'sk-of-the-home' } }) },
  { entrance: 'POST /assistant', which: 'test', may: ai.writeAssistant, programs: false, records: 'core.assistant.tested', ask: async (home) => (await assistant(home), { form: { intent: 'test' } }) },
  { entrance: 'POST /assistant', which: 'remove', may: ai.writeAssistant, programs: false, once: true, records: 'core.assistant.removed', ask: async (home) => (await assistant(home), { form: { intent: 'remove' } }) },

  { entrance: 'GET /api/v1/audit-entries', may: audit.readAudit, ask: nothing },
  { entrance: 'GET /api/v1/audit-entries/:number', may: audit.readAudit, ask: async (home) => ({ params: { number: String(await home.entryNumber()) } }) },
  { entrance: 'GET /api/v1/audit-checkpoint', may: audit.readAudit, ask: checkpointed },
  { entrance: 'GET /audit', may: audit.readAudit, ask: nothing },
  { entrance: 'GET /audit/:number', may: audit.readAudit, ask: async (home) => ({ params: { number: String(await home.entryNumber()) } }) },
  { entrance: 'POST /audit/:number', may: audit.openEntry, records: 'core.audit.entry_opened', ask: async (home) => ({ params: { number: String(await home.entryNumber()) }, form: {} }) },
  { entrance: 'GET /audit/export', may: audit.readAudit, ask: nothing },
  { entrance: 'POST /audit/export', may: audit.exportAudit, records: 'core.audit.exported', ask: async (home) => (await home.entryNumber(), { query: { form: 'csv' }, form: {} }) },

  { entrance: 'GET /api/v1/documents', may: documents.readDocuments, ask: nothing },
  { entrance: 'POST /api/v1/documents', may: documents.uploadDocument, records: 'core.document.begun', ask: async () => ({ json: { name: 'new.pdf', category: 'agreement', phi_ack: true } }) },
  { entrance: 'GET /api/v1/documents/:documentId', may: documents.readDocuments, ask: async (home) => ({ params: { documentId: await home.document() } }) },
  { entrance: 'POST /api/v1/documents/:documentId/links', may: documents.readDocuments, records: 'core.document.url_issued', ask: async (home) => ({ params: { documentId: await home.document() } }) },
  { entrance: 'POST /api/v1/documents/:documentId/trash', may: documents.trashDocument, also: [documents.trashOwnDocument], records: 'core.document.trashed', ask: async (home) => ({ params: { documentId: await home.document() } }) },
  { entrance: 'DELETE /api/v1/documents/:documentId/trash', may: documents.trashDocument, records: 'core.document.restored', ask: async (home) => ({ params: { documentId: await home.document('trashed') } }) },
  { entrance: 'PUT /api/v1/documents/:documentId/content', may: documents.uploadDocument, records: 'core.document.uploaded', ask: async (home, by) => ({ params: { documentId: await announced(home, by) }, bytes: pdf('A page.'), headers: { 'Content-Type': 'application/pdf' } }) },
  { entrance: 'GET /documents/file/*', may: documents.readDocuments, strangers: 'refused', records: 'core.document.downloaded', ask: async (home, by) => ({ params: { '*': await link(home, by) } }) },
  { entrance: 'POST /documents/upload', may: documents.uploadDocument, programs: false, records: 'core.document.uploaded', ask: async (home) => upload(home) },
  { entrance: 'GET /documents', may: documents.readDocuments, ask: nothing },
  { entrance: 'POST /documents', may: documents.trashDocument, also: [documents.trashOwnDocument], programs: false, records: 'core.document.trashed', ask: async (home) => ({ form: { document: await home.document() } }) },
  { entrance: 'POST /documents', which: 'download', may: documents.readDocuments, programs: false, records: 'core.document.url_issued', ask: async (home) => ({ form: { document: await home.document(), intent: 'download' } }) },
  { entrance: 'GET /delivery', may: delivery.readDeliveries, ask: nothing },
  { entrance: 'POST /delivery', may: delivery.replayDelivery, programs: false, records: 'core.delivery.replayed', ask: async (home) => ({ form: { delivery: await home.deadLetter() } }) },
  { entrance: 'GET /subprocessors', may: 'anyone', ask: nothing },
  { entrance: 'GET /api/v1/members', may: tenancy.readMembers, ask: nothing },
  { entrance: 'GET /api/v1/members/:memberId', may: tenancy.readMembers, ask: member },
  { entrance: 'PUT /api/v1/members/:memberId/role', may: tenancy.changeRole, records: 'core.member.role_changed', ask: roleChange },
  { entrance: 'DELETE /api/v1/members/:memberId', may: tenancy.removeMember, records: 'core.member.removed', ask: member },
  { entrance: 'GET /api/v1/invitations', may: tenancy.readInvitations, ask: nothing },
  { entrance: 'POST /api/v1/invitations', may: tenancy.invite, once: true, records: 'core.member.invited', ask: async () => ({ json: newcomer() }) },
  { entrance: 'POST /api/v1/invitations/:invitationId/revocation', may: tenancy.invite, records: 'core.invitation.revoked', ask: async (home) => ({ params: { invitationId: (await home.invitation()).id } }) },
  { entrance: 'GET /api/v1/policy', may: tenancy.readPolicy, ask: nothing },
  { entrance: 'PATCH /api/v1/policy', may: tenancy.changePolicy, once: true, records: 'core.policy.changed', ask: async (home) => ({ json: { 'doc.trash_days': await home.trashDays() }, headers: await seen(home, 'GET /api/v1/policy') }) },
  { entrance: 'GET /people', may: tenancy.readMembers, ask: nothing },
  { entrance: 'POST /people', may: tenancy.invite, records: 'core.invitation.revoked', ask: async (home) => ({ form: { invitation: (await home.invitation()).id } }) },
  { entrance: 'GET /people/invite', may: tenancy.invite, ask: nothing },
  { entrance: 'POST /people/invite', may: tenancy.invite, once: true, records: 'core.member.invited', ask: async () => ({ form: newcomer() }) },
  { entrance: 'GET /people/leave', may: 'member', ask: nothing },
  { entrance: 'POST /people/leave', may: tenancy.leave, by: 'member', ends: true, notOwner: true, records: 'core.member.left', ask: async () => ({ form: {} }) },
  { entrance: 'GET /people/:memberId', may: tenancy.readMembers, ask: member },
  { entrance: 'POST /people/:memberId', may: tenancy.changeRole, records: 'core.member.role_changed', ask: async (home) => ({ ...(await member(home)), form: { role: 'viewer' } }) },
  { entrance: 'GET /people/:memberId/removal', may: tenancy.removeMember, ask: member },
  { entrance: 'POST /people/:memberId/removal', may: tenancy.removeMember, records: 'core.member.removed', ask: async (home) => ({ ...(await member(home)), form: {} }) },
  { entrance: 'GET /people/:memberId/ownership', may: tenancy.transfer, ask: member },
  { entrance: 'POST /people/:memberId/ownership', may: tenancy.transfer, ends: true, records: 'core.tenant.ownership_transferred', ask: async (home) => ({ ...(await member(home)), form: {} }) },
  { entrance: 'GET /policy', may: tenancy.readPolicy, ask: nothing },
  { entrance: 'POST /policy', may: tenancy.changePolicy, once: true, records: 'core.policy.changed', ask: async (home) => ({ form: { version: String(await home.policyVersion()), 'doc.trash_days': String(await home.trashDays()) } }) },
  { entrance: 'POST /policy', which: 'two factors', may: tenancy.requireMfa, once: true, ends: true, records: 'core.policy.changed', ask: async (home) => ({ form: { version: String(await home.policyVersion()), 'mfa.mode': 'required' } }) },
  { entrance: 'GET /policy/versions', may: tenancy.readPolicy, ask: nothing },
  { entrance: 'POST /policy/versions', may: tenancy.changePolicy, once: true, records: 'core.policy.changed', ask: async (home) => ({ form: { version: String(await home.policyVersion({ changed: true })), back: '1' } }) },
  { entrance: 'GET /keys', may: tenancy.readKeys, ask: nothing },
  { entrance: 'POST /keys', may: tenancy.rotateKeys, once: true, ends: true, records: 'core.key.rotation_started', ask: async () => ({ form: {} }) },
  { entrance: 'GET /keys/compromised', may: tenancy.destroyKeys, ask: nothing },
  { entrance: 'POST /keys/compromised', may: tenancy.destroyKeys, once: true, ends: true, records: 'core.key.rotation_started', ask: async () => ({ form: {} }) },
  { entrance: 'GET /security', may: tenancy.settings, ask: nothing },
  { entrance: 'POST /security', may: tenancy.settings, records: 'core.tenant.renamed', ask: async () => ({ form: { intent: 'name', name: `House ${crypto.randomUUID().slice(0, 8)}` } }) },
  { entrance: 'GET /security/sign-out', may: tenancy.endSessions, ask: nothing },
  { entrance: 'POST /security/sign-out', may: tenancy.endSessions, ends: true, records: 'core.tenant.sessions_ended', ask: async () => ({ form: {} }) },
  { entrance: 'GET /security/close', may: tenancy.close, ask: nothing },
  { entrance: 'POST /security/close', may: tenancy.close, ends: true, records: 'core.tenant.closing_announced', ask: async (home) => (await drained(home.tenant.id), { form: { name: await home.tenant.asJob(async (ctx) => ctx.tenant.name) } }) },
  { entrance: 'GET /security/closings', may: 'member', ask: nothing },
  { entrance: 'POST /security/closings', may: tenancy.close, records: 'core.tenant.closing_called_off', log: (ask) => ask.form?.['tenant'] ?? '', ask: async (home) => ({ form: { tenant: await home.closedTenant() } }) },
  { entrance: 'GET /audit/exports/:ticket', may: audit.exportAudit, ask: async (home, by) => ({ params: { ticket: await exportTicket(home, by) } }), absent: (ask) => ({ ...ask, params: { ticket: `${btoa('{}')}.${'A'.repeat(43)}` } }) },
  ...callCases,
  ...carrierCases,
  ...requestCases,
  ...passportCases,
  ...packetCases,
]

/** Somebody of the tenant. */
async function member(home: Home): Promise<Ask & { params: Record<string, string> }> {
  return { params: { memberId: (await home.member()).memberId } }
}

/** Somebody who has never been invited anywhere. */
const newcomer = () => ({ name: 'Nora New', email: `nora.${crypto.randomUUID().slice(0, 12)}@people.test`, role: 'member' })

/** If-Match with the version that the owner sees. */
/** The home's assistant, whose model is called by the home's word; answers its version. */
async function assistant(home: Home): Promise<number> {
  return home.tenant.asJob(async (ctx) => {
    const { assistant: known, version } = await readAssistant(ctx)
    return known ? version : (await setAssistant(ctx, { base: 'https://models.example.org/v1', model: home.word, key: 'sk-of-the-home', on: false }, version)).version
  })
}

async function seen(home: Home, name: string, ask: Ask = {}): Promise<Record<string, string>> {
  const { headers } = await own(home, withBrowser(await home.ownerAnew()), name, ask)
  return { 'If-Match': headers.get('ETag') ?? '' }
}

/** Another role for somebody, by whoever has seen the one it has. */
async function roleChange(home: Home): Promise<Ask> {
  const ask = await member(home)
  return { ...ask, json: { role: 'viewer' }, headers: await seen(home, 'GET /api/v1/members/:memberId', ask) }
}

/** A checkpoint exists once a log has been exported. */
async function checkpointed(home: Home): Promise<Ask> {
  await home.entryNumber()
  await home.exportTicket()
  return {}
}

/** What an entrance answered the sender, or the owner where the sender may not: for what only whoever made it may use. */
async function own(home: Home, by: Sender, name: string, ask: Ask): Promise<Answer> {
  const entrance = entrances().find((each) => each.name === name)
  if (!entrance) throw new Error(`there is no ${name}`)
  const answer = await send(by, entrance, ask)
  return answer.status < 400 ? answer : send(withBrowser(home.owner), entrance, ask)
}

/** An announced document of the sender's. */
async function announced(home: Home, by: Sender): Promise<string> {
  const { body } = await own(home, by, 'POST /api/v1/documents', { json: { name: `${home.word}.pdf`, category: 'agreement', phi_ack: true } })
  return (JSON.parse(body) as { id: string }).id // `as`: the route's own answer
}

/** The path of a download link that the sender asked for. */
async function link(home: Home, by: Sender): Promise<string> {
  const { body } = await own(home, by, 'POST /api/v1/documents/:documentId/links', { params: { documentId: await home.document() } })
  return new URL((JSON.parse(body) as { url: string }).url).pathname.replace('/documents/file/', '') // `as`: likewise
}

/** The ticket of an export that the sender asked for. */
const exportTicket = (home: Home, { browser }: Sender): Promise<string> => home.exportTicket(browser).catch(() => home.exportTicket())

/** A page form with a file, as a browser without scripts sends it. */
function upload(home: Home): Ask {
  const line = '--boundary\r\nContent-Disposition: form-data; name='
  const head = `${line}"csrf"\r\n\r\nCSRF\r\n${line}"category"\r\n\r\nagreement\r\n${line}"phi_ack"\r\n\r\nyes\r\n${line}"file"; filename="${home.word.slice(0, 4)}.pdf"\r\nContent-Type: application/pdf\r\n\r\n`
  const encoder = new TextEncoder()
  const bytes = Uint8Array.from([...encoder.encode(head), ...pdf('A page.'), ...encoder.encode('\r\n--boundary--\r\n')])
  return { bytes, headers: { 'Content-Type': 'multipart/form-data; boundary=boundary' } }
}
