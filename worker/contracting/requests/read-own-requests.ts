import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { firstCarriers } from '../carriers/list-carriers.ts'
import { dayOf } from '../passport/gaps.ts'
import { askFmos } from '../producers/ask-fmos.ts'
import { readCopiedSummary } from '../producers/read-producer.ts'
import type { Obstacle, RequestKind, RequestState } from './contract.ts'
import { rights } from './module.ts'
import { missingFor, obstaclesOf } from './policy.ts'
import { requestPage } from './store.ts'
import { words } from './views.ts'

/** A request as the producer sees it that it is for: no upline, and nobody of the FMO's staff. Times in epoch milliseconds. */
export type OwnRequest = { readonly id: string; readonly fmo: string; readonly carrier: string; readonly kind: RequestKind; readonly states: string[]; readonly state: RequestState; readonly stateAt: number; readonly obstacles: Obstacle[] }

/** A carrier that an FMO of the producer's works with, and what it would still lack. Nothing: the producer can be contracted. */
export type CarrierNeeds = { readonly id: string; readonly fmo: string; readonly carrier: string; readonly missing: Obstacle[] }

export type OwnRequests = { readonly requests: OwnRequest[]; readonly carriers: CarrierNeeds[]; /** FMOs that could not be asked just now. */ readonly unasked: string[] }

/** As much as one FMO tells. */
const REQUESTS = 100
const CARRIERS = 100

/**
 * What the FMOs of a producer are doing for it, asked of each where the truth lies. Nothing of the copy is opened there: it is
 * read by what lies in clear, and the requests by where they stand. An FMO that released its producer tells nothing more.
 */
export async function readOwnRequests(ctx: Ctx): Promise<OwnRequests> {
  demand(ctx, rights.readOwn)
  const told = await askFmos(ctx, (fmo, linkId) => tell(fmo, linkId, ctx.tenant.id))
  return {
    requests: told.flatMap(({ fmo, told: each }) => (each?.requests ?? []).map((request) => ({ ...request, fmo }))).toSorted((a, b) => b.stateAt - a.stateAt),
    carriers: told.flatMap(({ fmo, told: each }) => (each?.carriers ?? []).map((carrier) => ({ ...carrier, fmo }))),
    unasked: told.flatMap(({ fmo, told: each }) => (each ? [] : [fmo])),
  }
}

type Told = { readonly requests: Omit<OwnRequest, 'fmo'>[]; readonly carriers: Omit<CarrierNeeds, 'fmo'>[] }

/** At the FMO, for a guest: of the link that is the guest's, while it lasts, and of no other. */
async function tell(fmo: Ctx, linkId: string, producerId: string): Promise<Told> {
  const [copied, carriers, requests] = await Promise.all([copiedWhileLinked(fmo, linkId), firstCarriers(fmo, CARRIERS), fmo.db.read(requestPage(fmo.db, { linkId }, null, REQUESTS))])
  if (copied?.producerId !== producerId) return { requests: [], carriers: [] }
  const { passport, licences } = copied
  const today = dayOf(fmo.now)
  return {
    requests: requests.slice(0, REQUESTS).map(({ id, kind, states, state, stateAt, carrierId, carrierName }) => {
      const carrier = carriers.find((each) => each.id === carrierId)
      // The upline is the FMO's to name, and is sealed: nothing is said of it here.
      const asked = carrier && { kind, states: words(states), upline: '', carrier }
      return { id, kind, states: words(states), state, stateAt, carrier: carrierName, obstacles: asked && isPending(state) ? obstaclesOf(asked, passport, licences, today) : [] }
    }),
    carriers: carriers.map((carrier) => ({ id: carrier.id, carrier: carrier.name, missing: missingFor(carrier, passport, licences, today) })),
  }
}

/** Null once the link is over, which its producer's end may not know yet. */
const copiedWhileLinked = (fmo: Ctx, linkId: string) =>
  readCopiedSummary(fmo, linkId).catch((thrown: unknown) => (isFault(thrown) && thrown.failure.code === 'not_found' ? null : Promise.reject(thrown)))

const isPending = (state: RequestState): boolean => ['draft', 'ready', 'signed', 'returned'].includes(state)
