import { z } from 'zod'
import { defineHook } from '../../core/delivery/hook.ts'
import { CarrierId } from '../carriers/contract.ts'
import { webhookAddress } from '../carriers/set-webhook.ts'
import { RequestId, RequestKind } from './contract.ts'

/** Told to a carrier when something was handed over to it: which application, and what kind. Everything else is asked for with its key. */
export const applicationSubmitted = defineHook({
  name: 'application.submitted',
  says: 'A carrier is told that an application is there',
  params: z.strictObject({ carrier: CarrierId, application: RequestId, kind: RequestKind }),
  address: (ctx, { carrier }) => webhookAddress(ctx, carrier),
  write: ({ application, kind }) => ({ applicationId: application, kind, url: `/api/carrier/v1/applications/${application}` }),
})
