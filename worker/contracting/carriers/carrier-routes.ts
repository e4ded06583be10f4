import { z } from 'zod'
import { Paging } from '../../core/api/cursor.ts'
import { route, type ApiRoute } from '../../core/api/route.ts'
import { ActivityView } from './contract.ts'
import { listOwnActivity } from './list-activity.ts'
import { LinkView } from '../../core/documents/contract.ts'
import { addWritingNumber, answerApplication, answeredApplication } from '../requests/answer-application.ts'
import { ApplicationAnswer, ApplicationDetail, ApplicationStatus, ApplicationView, DocumentId, RequestId, WritingNumber } from '../requests/contract.ts'
import { issueFileLink } from '../requests/fetch-document.ts'
import { listApplications } from '../requests/list-applications.ts'
import { readApplication } from '../requests/read-application.ts'

const Page = z.strictObject(Paging)
const params = z.strictObject({ applicationId: RequestId })

/** What a carrier's programs may ask for: entered with a carrier's key only, and mounted apart from the tenant's own API. */
export const carrierFace: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/carrier/v1/applications', operationId: 'listApplications', tag: 'Applications',
    summary: 'What was handed over to you, newest first',
    query: z.strictObject({ ...Paging, status: ApplicationStatus.optional() }),
    answer: z.object({ applications: z.array(ApplicationView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const page = await listApplications(ctx, query)
      return { body: page, next: page.next }
    },
  }),
  route({
    method: 'get', path: '/api/carrier/v1/applications/{applicationId}', operationId: 'readApplication', tag: 'Applications',
    summary: 'One application: the applicant as it was signed for, documents, writing numbers, timeline',
    params,
    answer: ApplicationDetail,
    run: async (ctx, { params: { applicationId } }) => ({ body: await readApplication(ctx, applicationId) }),
  }),
  route({
    method: 'post', path: '/api/carrier/v1/applications/{applicationId}/answers', operationId: 'answerApplication', tag: 'Applications',
    summary: 'Accept an application, return or decline it with a reason, appoint with writing numbers, or terminate',
    params,
    body: ApplicationAnswer,
    answer: ApplicationView,
    status: 201,
    run: async (ctx, { params: { applicationId }, body }) => ({ body: await answerApplication(ctx, applicationId, body) }),
    again: answeredApplication,
  }),
  route({
    method: 'post', path: '/api/carrier/v1/applications/{applicationId}/writing-numbers', operationId: 'addWritingNumber', tag: 'Applications',
    summary: 'Give one more writing number under an appointment',
    params,
    body: WritingNumber,
    answer: ApplicationView,
    status: 201,
    run: async (ctx, { params: { applicationId }, body }) => ({ body: await addWritingNumber(ctx, applicationId, body) }),
    again: answeredApplication,
  }),
  route({
    method: 'post', path: '/api/carrier/v1/documents/{documentId}/links', operationId: 'issueFileLink', tag: 'Documents',
    summary: 'A link to a signed document; it opens with the key that asked for it, for a quarter of an hour unless the FMO says less',
    params: z.strictObject({ documentId: DocumentId }),
    answer: LinkView,
    status: 201,
    run: async (ctx, { params: { documentId } }) => ({ body: await issueFileLink(ctx, documentId) }),
    again: issueFileLink,
  }),
  route({
    method: 'get', path: '/api/carrier/v1/activity', operationId: 'listActivity', tag: 'Activity',
    summary: 'What your own programs called, newest first, with what came of it',
    query: Page,
    answer: z.object({ activity: z.array(ActivityView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const page = await listOwnActivity(ctx, query)
      return { body: page, next: page.next }
    },
  }),
]
