import type { SeatCopy } from '../../durable-objects/account-words.ts'
import { mayAs } from '../core/rights.ts'
import { roles, type RightDeclaration } from '../core/module.ts'
import { policyOf } from '../core/tenancy/find-seat.ts'
import { rights as carriers } from './carriers/module.ts'
import { rights as passport } from './passport/module.ts'
import { rights as packets } from './packets/module.ts'
import { rights as producers } from './producers/module.ts'
import { rights as requests } from './requests/module.ts'

/** The module's pages that have a place in the navigation: for which end of a link they are, and the right that opens each. */
const places = {
  passport: { end: 'producer', right: passport.readPassport },
  calendar: { end: 'producer', right: passport.readPassport },
  requests: { end: 'fmo', right: requests.readRequests },
  producers: { end: 'fmo', right: producers.readProducers },
  packets: { end: 'fmo', right: packets.readPackets },
  carriers: { end: 'fmo', right: carriers.readCarriers },
  releases: { end: 'fmo', right: producers.answerRelease },
  signing: { end: 'producer', right: packets.readOffers },
  ownRequests: { end: 'producer', right: requests.readOwn },
  fmos: { end: 'producer', right: producers.readFmos },
} as const satisfies Record<string, { end: 'fmo' | 'producer'; right: RightDeclaration }>

export type ContractingPlace = keyof typeof places

/** Which of them somebody in this seat is shown: a producer's tenant has its own, one that contracts producers has the others. */
export function contractingPlaces(seat: SeatCopy | null): ContractingPlace[] {
  const role = roles.find((each) => each === seat?.role)
  if (!seat || !role) return []
  const end = seat.kind === 'producer' ? 'producer' : seat.kind === 'fmo' || seat.preset === 'contractiq' ? 'fmo' : null
  const policy = policyOf(seat.preset, seat.policy)
  const names = Object.keys(places) as ContractingPlace[] // `as`: the keys of a const object
  return names.filter((name) => places[name].end === end && mayAs(role, places[name].right, policy))
}
