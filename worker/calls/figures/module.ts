import { defineEvent } from '../../core/audit/event.ts'
import type { RightDeclaration } from '../../core/module.ts'
import type { AreaDeclarations } from '../../core/areas.ts'

export const rights = {
  readFigures: { right: 'calls.figures.read', says: 'See what calls come to: volume, answer rate, talk time, how soon they are forgotten', atLeast: 'viewer', claims: ['CAL-86'] },
  readLeaderboard: { right: 'calls.leaderboard.read', says: 'See who takes how many calls, and be left out of it', atLeast: 'member', claims: ['CAL-85'] },
} as const satisfies Record<string, RightDeclaration>

export const leaderboardLeft = defineEvent('calls.leaderboard.left', 'A member asked to be left out of the leaderboard.', {}, { urgent: true })
export const leaderboardJoined = defineEvent('calls.leaderboard.joined', 'A member stands on the leaderboard again.', {})

/** What calls come to, made of times and outcomes alone. */
export const figuresArea = {
  rights: Object.values(rights),
  sealedFields: [],
  events: [leaderboardLeft, leaderboardJoined],
  limits: [],
  retention: [{ name: 'leaderboard_opt_outs', what: 'Members who asked to be left out of the leaderboard', enters: 'Asked for by the member itself', keep: { life: 'tenant' }, then: 'deleted' }],
  controls: [],
  reveals: [],
} as const satisfies AreaDeclarations

/** Who ends what is kept of them. */
export const figuresKeptElsewhere = { leaderboard_opt_outs: 'the member’s own word, or the destruction of a closed tenant' } as const
