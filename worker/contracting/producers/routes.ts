import { z } from 'zod'
import { Paging } from '../../core/api/cursor.ts'
import { route, type ApiRoute } from '../../core/api/route.ts'
import { answerRelease } from './answer-release.ts'
import { askRelease, releaseView } from './ask-release.ts'
import {
  AnswerRelease, AskRelease, CopiedLicence, CredentialId, CredentialView, FmoView, ImportProducers, ImportView, InviteProducer, IssueCredential, LinkId, LinkState, OpenCopy, OpenedCopy, OpenedDocuments, OpeningView, ProducerInvitationId,
  ProducerInvitationView, ProducerView, ReleaseId, ReleaseView, ShownCredential,
} from './contract.ts'
import { importedProducers, importProducers } from './import-producers.ts'
import { invitedProducer, inviteProducer } from './invite-producer.ts'
import { issueCredential, issuedCredential } from './issue-credential.ts'
import { listFmos } from './list-fmos.ts'
import { listOpenings } from './list-openings.ts'
import { listProducerInvitations } from './list-producer-invitations.ts'
import { listProducers } from './list-producers.ts'
import { openCopy } from './open-copy.ts'
import { openDocuments } from './open-documents.ts'
import { readFmo } from './read-fmo.ts'
import { readProducer } from './read-producer.ts'
import { revokeCredential } from './revoke-credential.ts'
import { revokeProducerInvitation } from './revoke-producer-invitation.ts'
import { showCredential } from './show-credential.ts'

const Page = z.strictObject(Paging)
const ofLink = z.strictObject({ linkId: LinkId })
const ofRelease = z.strictObject({ releaseId: ReleaseId })
const ofCredential = z.strictObject({ credentialId: CredentialId })
const mays = { mayOpen: z.boolean(), mayRelease: z.boolean(), mayIssue: z.boolean() }

/** Producers for an FMO’s programs and scripts, and FMOs for a producer’s. What opens or gives something is for people. */
export const producerRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/producers', operationId: 'listProducers', tag: 'Producers',
    summary: 'Linked producers with what may be read without opening anything, newest first',
    query: z.strictObject({ ...Paging, state: LinkState.default('active') }),
    answer: z.object({ producers: z.array(ProducerView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const page = await listProducers(ctx, query)
      return { body: page, next: page.next }
    },
  }),
  route({
    method: 'get', path: '/api/v1/producers/{linkId}', operationId: 'readProducer', tag: 'Producers',
    summary: 'One producer: licences, openings, releases and credentials; nothing of the passport is opened',
    params: ofLink,
    answer: z.object({ producer: ProducerView, licences: z.array(CopiedLicence), documents: z.number(), openings: z.array(OpeningView), releases: z.array(ReleaseView), credentials: z.array(CredentialView), ...mays }),
    run: async (ctx, { params }) => ({ body: await readProducer(ctx, params.linkId) }),
  }),
  route({
    method: 'post', path: '/api/v1/producers/{linkId}/openings', operationId: 'openCopy', tag: 'Producers',
    summary: 'Open the copy of a passport, for a purpose and with a reason that its producer reads; secrets stay closed',
    params: ofLink,
    body: OpenCopy,
    answer: OpenedCopy,
    status: 201,
    showsOnce: true,
    run: async (ctx, { params, body }) => ({ body: await openCopy(ctx, params.linkId, body) }),
  }),
  route({
    method: 'post', path: '/api/v1/producers/{linkId}/document-openings', operationId: 'openDocuments', tag: 'Producers',
    summary: 'Open the documents that a passport names, for a purpose and with a reason that its producer reads: a link to each, for this session',
    params: ofLink,
    body: OpenCopy,
    answer: OpenedDocuments,
    status: 201,
    showsOnce: true,
    run: async (ctx, { params, body }) => ({ body: await openDocuments(ctx, params.linkId, body) }),
  }),
  route({
    method: 'post', path: '/api/v1/producers/{linkId}/credentials', operationId: 'issueCredential', tag: 'Producers',
    summary: 'Give a producer a writing number or log-in; it is not shown here again',
    params: ofLink,
    body: IssueCredential,
    answer: CredentialView,
    status: 201,
    run: async (ctx, { params, body }) => ({ body: await issueCredential(ctx, params.linkId, body) }),
    again: issuedCredential,
  }),
  route({
    method: 'post', path: '/api/v1/credentials/{credentialId}/revocation', operationId: 'revokeCredential', tag: 'Producers',
    summary: 'Revoke a credential',
    params: ofCredential,
    status: 204,
    run: async (ctx, { params }) => ({ body: await revokeCredential(ctx, params.credentialId) }),
  }),
  route({
    method: 'post', path: '/api/v1/credentials/{credentialId}/showing', operationId: 'showCredential', tag: 'FMOs',
    summary: 'See a credential that one was given, once and with a proof for it',
    params: ofCredential,
    answer: ShownCredential,
    status: 201,
    showsOnce: true,
    run: async (ctx, { params }) => ({ body: await showCredential(ctx, params.credentialId) }),
  }),
  route({
    method: 'get', path: '/api/v1/producer-invitations', operationId: 'listProducerInvitations', tag: 'Producers',
    summary: 'Invitations of producers, newest first',
    query: Page,
    answer: z.object({ invitations: z.array(ProducerInvitationView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const page = await listProducerInvitations(ctx, query)
      return { body: page, next: page.next }
    },
  }),
  route({
    method: 'post', path: '/api/v1/producer-invitations', operationId: 'inviteProducer', tag: 'Producers',
    summary: 'Invite a producer; the link is mailed and never shown here',
    body: InviteProducer,
    answer: ProducerInvitationView,
    status: 201,
    run: async (ctx, { body }) => ({ body: await inviteProducer(ctx, body) }),
    again: invitedProducer,
  }),
  route({
    method: 'post', path: '/api/v1/producer-invitations/{invitationId}/revocation', operationId: 'revokeProducerInvitation', tag: 'Producers',
    summary: 'Take a producer’s invitation back',
    params: z.strictObject({ invitationId: ProducerInvitationId }),
    status: 204,
    run: async (ctx, { params }) => ({ body: await revokeProducerInvitation(ctx, params.invitationId) }),
  }),
  route({
    method: 'post', path: '/api/v1/producer-imports', operationId: 'importProducers', tag: 'Producers',
    summary: 'Invite everybody in a CSV file; a dry run, which is the default, sends nothing',
    body: ImportProducers,
    answer: ImportView,
    run: async (ctx, { body }) => ({ body: await importProducers(ctx, body) }),
    again: importedProducers,
  }),
  route({
    method: 'post', path: '/api/v1/links/{linkId}/releases', operationId: 'askRelease', tag: 'Releases',
    summary: 'Ask the other end of a link to part; silence until the deadline grants it',
    params: ofLink,
    body: AskRelease,
    answer: ReleaseView,
    status: 201,
    run: async (ctx, { params, body }) => ({ body: await askRelease(ctx, params.linkId, body) }),
    again: releaseView,
  }),
  route({
    method: 'post', path: '/api/v1/releases/{releaseId}/answer', operationId: 'answerRelease', tag: 'Releases',
    summary: 'Grant, decline or take back a release; granted, the FMO has lost the passport when this answers',
    params: ofRelease,
    body: AnswerRelease,
    answer: ReleaseView,
    run: async (ctx, { params, body }) => ({ body: await answerRelease(ctx, params.releaseId, body) }),
    again: releaseView,
  }),
  route({
    method: 'get', path: '/api/v1/fmos', operationId: 'listFmos', tag: 'FMOs',
    summary: 'The FMOs one works with and worked with',
    answer: z.object({ fmos: z.array(FmoView), releases: z.array(ReleaseView.extend({ linkId: z.string() })) }),
    run: async (ctx) => ({ body: await listFmos(ctx) }),
  }),
  route({
    method: 'get', path: '/api/v1/fmos/{linkId}', operationId: 'readFmo', tag: 'FMOs',
    summary: 'One FMO: what it holds and opened, what it gave, and how the parting stands',
    params: ofLink,
    answer: z.object({ fmo: FmoView, openings: z.array(OpeningView), releases: z.array(ReleaseView), credentials: z.array(CredentialView), mayRelease: z.boolean(), mayShow: z.boolean() }),
    run: async (ctx, { params }) => ({ body: await readFmo(ctx, params.linkId) }),
  }),
  route({
    method: 'get', path: '/api/v1/passport-openings', operationId: 'listOpenings', tag: 'FMOs',
    summary: 'Who opened one’s data, when and why, newest first',
    query: Page,
    answer: z.object({ openings: z.array(OpeningView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const page = await listOpenings(ctx, query)
      return { body: page, next: page.next }
    },
  }),
]
