import { z } from 'zod'
import { route, type ApiRoute } from '../../core/api/route.ts'
import { CallFigures, Leaderboard, Period, Ranking } from './contract.ts'
import { joinLeaderboard, leaveLeaderboard } from './leave-leaderboard.ts'
import { readFigures } from './read-figures.ts'
import { readLeaderboard } from './read-leaderboard.ts'

const OfPeriod = z.strictObject({ period: Period.default('30') })

/** What calls come to. */
export const figuresRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/call-figures', operationId: 'readCallFigures', tag: 'Calls',
    summary: 'Volume, answer rate, talk time and how soon calls are handed on and forgotten; nobody is named',
    query: OfPeriod,
    answer: CallFigures,
    run: async (ctx, { query }) => ({ body: await readFigures(ctx, query) }),
  }),
  route({
    method: 'get', path: '/api/v1/call-leaderboard', operationId: 'readCallLeaderboard', tag: 'Calls',
    summary: 'Who answered how many calls, or spoke how long; without those who asked to be left out',
    query: OfPeriod.extend({ by: Ranking.default('calls') }),
    answer: Leaderboard,
    run: async (ctx, { query }) => ({ body: await readLeaderboard(ctx, query) }),
  }),
  route({
    method: 'post', path: '/api/v1/call-leaderboard/opt-out', operationId: 'leaveCallLeaderboard', tag: 'Calls',
    summary: 'Be left out of the leaderboard',
    status: 204,
    run: async (ctx) => ({ body: await leaveLeaderboard(ctx) }),
  }),
  route({
    method: 'delete', path: '/api/v1/call-leaderboard/opt-out', operationId: 'joinCallLeaderboard', tag: 'Calls',
    summary: 'Stand on the leaderboard again',
    overwritesNothing: 'It takes back one’s own word; nobody else can give or take it.',
    status: 204,
    run: async (ctx) => ({ body: await joinLeaderboard(ctx) }),
  }),
]
