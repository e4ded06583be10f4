import type { SeatCopy } from '../../durable-objects/account-words.ts'
import { rights as ai } from '../core/ai/module.ts'
import { rights as hooks } from '../core/hooks/module.ts'
import { roles, type RightDeclaration } from '../core/module.ts'
import { mayAs } from '../core/rights.ts'
import { policyOf } from '../core/tenancy/find-seat.ts'
import { rights as ams } from './ams/module.ts'
import { rights as figures } from './figures/module.ts'
import { rights as log } from './log/module.ts'
import { rights as pop } from './pop/module.ts'

/** The module's pages that have a place in the navigation, and the right that opens each. */
const places = { now: pop.handle, calls: log.readOwn, dashboard: figures.readFigures, leaderboard: figures.readLeaderboard, connections: hooks.readConnections, ams: ams.readAms, assistant: ai.readAssistant } as const satisfies Record<string, RightDeclaration>

export type CallsPlace = keyof typeof places

/** Which of them somebody in this seat is shown. A producer's tenant takes no calls. */
export function callsPlaces(seat: SeatCopy | null): CallsPlace[] {
  const role = roles.find((each) => each === seat?.role)
  if (!seat || !role || seat.kind === 'producer') return []
  const policy = policyOf(seat.preset, seat.policy)
  const names = Object.keys(places) as CallsPlace[] // `as`: the keys of a const object
  return names.filter((name) => mayAs(role, places[name], policy))
}
