import { rights } from '../../worker/contracting/producers/module.ts'
import type { Browser } from '../support/scene.ts'
import type { Ask, Sender } from './ask.ts'
import type { Case } from './case.ts'
import type { Home } from './home.ts'

const nothing = async (): Promise<Ask> => ({})
const somebody = () => ({ name: 'Nora New', email: `nora.${crypto.randomUUID().slice(0, 12)}@people.test` })
const login = { kind: 'portal_login', label: 'Summit portal', value: 'nora.new77', password: 'a long enough word' }
const why = { purpose: 'review', reason: 'A look at it' }

/** What stands after `file/` in a link that the sender asked for, or the owner where the sender may not. */
async function link(home: Home, { browser, key }: Sender): Promise<string> {
  const { linkId } = await home.producerWithPapers()
  const ask = (who: Browser) => who.call(`/api/v1/producers/${linkId}/document-openings`, { json: why })
  const own = key ? null : await ask(browser)
  const answer = own?.status === 201 ? own : await ask(home.owner)
  const { documents } = (await answer.json()) as { documents: { url: string }[] } // `as`: the route's own answer
  return new URL(documents[0]?.url ?? '').pathname.replace('/producers/file/', '')
}

/** The FMO's side of producers, and the producer's of FMOs. */
export const producerCases: readonly Case[] = [
  { entrance: 'GET /api/v1/producers', may: rights.readProducers, ask: nothing },
  { entrance: 'GET /api/v1/producers/:linkId', may: rights.readProducers, ask: async (home) => ({ params: { linkId: (await home.producer()).linkId } }) },
  { entrance: 'POST /api/v1/producers/:linkId/openings', may: rights.openCopy, records: 'contracting.copy.read', ask: async (home) => ({ params: { linkId: (await home.producer()).linkId }, json: why }) },
  { entrance: 'POST /api/v1/producers/:linkId/document-openings', may: rights.openCopy, records: 'contracting.copy.read', ask: async (home) => ({ params: { linkId: (await home.producerWithPapers()).linkId }, json: why }) },
  { entrance: 'GET /producers/file/*', may: rights.readProducers, strangers: 'refused', records: 'core.document.downloaded', ask: async (home, by) => ({ params: { '*': await link(home, by) } }) },
  { entrance: 'POST /api/v1/producers/:linkId/credentials', may: rights.issueCredential, records: 'contracting.credential.issued', ask: async (home) => ({ params: { linkId: (await home.producer()).linkId }, json: login }) },
  { entrance: 'POST /api/v1/credentials/:credentialId/revocation', may: rights.issueCredential, records: 'contracting.credential.revoked', ask: async (home) => ({ params: { credentialId: await home.credentialGiven() } }) },
  { entrance: 'POST /api/v1/credentials/:credentialId/showing', may: rights.showCredential, bridges: true, records: 'contracting.credential.noted', ask: async (home) => ({ params: { credentialId: await home.credentialGot() } }) },
  { entrance: 'GET /api/v1/producer-invitations', may: rights.readProducers, ask: nothing },
  { entrance: 'POST /api/v1/producer-invitations', may: rights.invite, once: true, records: 'contracting.invitation.sent', ask: async () => ({ json: somebody() }) },
  { entrance: 'POST /api/v1/producer-invitations/:invitationId/revocation', may: rights.invite, records: 'contracting.invitation.revoked', ask: async (home) => ({ params: { invitationId: await home.producerInvitation() } }) },
  { entrance: 'POST /api/v1/producer-imports', may: rights.invite, once: true, records: 'contracting.invitation.sent', ask: async () => ({ json: { csv: `name,email\nNora New,${somebody().email}`, dryRun: false } }) },
  { entrance: 'POST /api/v1/links/:linkId/releases', may: rights.askRelease, records: 'contracting.release.requested', ask: async (home) => ({ params: { linkId: (await home.anotherProducer()).linkId }, json: { reason: 'We part ways' } }) },
  { entrance: 'POST /api/v1/releases/:releaseId/answer', may: rights.answerRelease, records: 'contracting.release.issued', ask: async (home) => ({ params: { releaseId: await home.releaseAsked() }, json: { verdict: 'released' } }) },
  { entrance: 'GET /api/v1/fmos', may: rights.readFmos, ask: nothing },
  { entrance: 'GET /api/v1/fmos/:linkId', may: rights.readFmos, ask: async (home) => ({ params: { linkId: (await home.fmo()).linkId } }) },
  { entrance: 'GET /api/v1/passport-openings', may: rights.readFmos, ask: async (home) => (await home.opened(), {}) },

  { entrance: 'GET /producers', may: rights.readProducers, ask: nothing },
  { entrance: 'GET /producers/invite', may: rights.invite, ask: nothing },
  { entrance: 'POST /producers/invite', may: rights.invite, programs: false, once: true, records: 'contracting.invitation.sent', ask: async () => ({ form: somebody() }) },
  { entrance: 'GET /producers/import', may: rights.invite, ask: nothing },
  { entrance: 'POST /producers/import', may: rights.invite, programs: false, once: true, records: 'contracting.invitation.sent', ask: async () => ({ form: { intent: 'send', csv: `name,email\nNora New,${somebody().email}` } }) },
  { entrance: 'GET /producers/invitations', may: rights.readProducers, ask: nothing },
  { entrance: 'POST /producers/invitations', may: rights.invite, programs: false, records: 'contracting.invitation.revoked', ask: async (home) => ({ form: { invitation: await home.producerInvitation() } }) },
  { entrance: 'GET /producers/:linkId', may: rights.readProducers, ask: async (home) => ({ params: { linkId: (await home.producer()).linkId } }) },
  { entrance: 'POST /producers/:linkId', may: rights.openCopy, programs: false, records: 'contracting.copy.read', ask: async (home) => ({ params: { linkId: (await home.producer()).linkId }, form: { intent: 'open', ...why } }) },
  { entrance: 'POST /producers/:linkId', which: 'documents', may: rights.openCopy, programs: false, records: 'contracting.copy.read', ask: async (home) => ({ params: { linkId: (await home.producerWithPapers()).linkId }, form: { intent: 'documents', ...why } }) },
  { entrance: 'POST /producers/:linkId', which: 'issue', may: rights.issueCredential, programs: false, records: 'contracting.credential.issued', ask: async (home) => ({ params: { linkId: (await home.producer()).linkId }, form: { intent: 'issue', kind: 'writing_number', label: 'Summit', secret: 'SM-99120' } }) },
  { entrance: 'POST /producers/:linkId', which: 'revoke', may: rights.issueCredential, programs: false, records: 'contracting.credential.revoked', ask: async (home) => ({ params: { linkId: (await home.producer()).linkId }, form: { intent: 'revoke', credential: await home.credentialGiven() } }) },
  { entrance: 'GET /producers/:linkId/release', may: rights.askRelease, ask: async (home) => ({ params: { linkId: (await home.producer()).linkId } }) },
  { entrance: 'POST /producers/:linkId/release', may: rights.askRelease, programs: false, records: 'contracting.release.requested', ask: async (home) => ({ params: { linkId: (await home.anotherProducer()).linkId }, form: { reason: 'We part ways' } }) },
  { entrance: 'GET /producers/roster', may: rights.exportRoster, ask: nothing },
  { entrance: 'POST /producers/roster', may: rights.exportRoster, programs: false, records: 'contracting.roster.exported', ask: async () => ({ form: {} }) },
  { entrance: 'GET /releases', may: rights.answerRelease, ask: nothing },
  { entrance: 'GET /releases/:releaseId', may: rights.answerRelease, ask: async (home) => ({ params: { releaseId: await home.releaseAsked() } }) },
  { entrance: 'POST /releases/:releaseId', may: rights.answerRelease, programs: false, records: 'contracting.release.declined', ask: async (home) => ({ params: { releaseId: await home.releaseAsked() }, form: { verdict: 'declined' } }) },
  { entrance: 'GET /fmos', may: rights.readFmos, ask: nothing },
  { entrance: 'GET /fmos/:linkId', may: rights.readFmos, ask: async (home) => ({ params: { linkId: (await home.fmo()).linkId } }) },
  { entrance: 'GET /fmos/:linkId/release', may: rights.askRelease, ask: async (home) => ({ params: { linkId: (await home.fmo()).linkId } }) },
  { entrance: 'POST /fmos/:linkId/release', may: rights.askRelease, programs: false, bridges: true, records: 'contracting.release.noted', ask: async (home) => ({ params: { linkId: (await home.anotherFmo()).linkId }, form: { reason: 'I am leaving' } }) },
  { entrance: 'GET /credentials/:credentialId', may: rights.showCredential, ask: async (home) => ({ params: { credentialId: await home.credentialGot() } }) },
  { entrance: 'POST /credentials/:credentialId', may: rights.showCredential, programs: false, bridges: true, records: 'contracting.credential.noted', ask: async (home) => ({ params: { credentialId: await home.credentialGot() }, form: {} }) },
]
