import { z } from 'zod'
import { Paging } from '../../core/api/cursor.ts'
import { route, type ApiRoute } from '../../core/api/route.ts'
import { ActivityView } from './contract.ts'
import { listOwnActivity } from './list-activity.ts'

const Page = z.strictObject(Paging)

/** What a carrier's programs may ask for: entered with a carrier's key only, and mounted apart from the tenant's own API. */
export const carrierFace: readonly ApiRoute[] = [
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
