import { connectAms } from '../../worker/calls/ams/connect-ams.ts'
import type { ConnectAms } from '../../worker/calls/ams/contract.ts'
import { listAms } from '../../worker/calls/ams/list-ams.ts'
import { rights as ams } from '../../worker/calls/ams/module.ts'
import { revokeAms } from '../../worker/calls/ams/revoke-ams.ts'
import { joinLeaderboard, leaveLeaderboard } from '../../worker/calls/figures/leave-leaderboard.ts'
import { rights as figures } from '../../worker/calls/figures/module.ts'
import { connectProvider } from '../../worker/calls/intake/connect-provider.ts'
import { mapHandler } from '../../worker/calls/intake/map-handler.ts'
import { signAs } from '../../worker/calls/intake/sign-as.ts'
import { takeCalls } from '../../worker/calls/intake/take-calls.ts'
import { rights as log } from '../../worker/calls/log/module.ts'
import { listCalls } from '../../worker/calls/log/list-calls.ts'
import { CHOICE_PHONE, CHOICE_RECORD, contactChosen, rights as pop } from '../../worker/calls/pop/module.ts'
import { popCall } from '../../worker/calls/pop/pop-call.ts'
import { chooseFor } from '../../worker/calls/pop/store.ts'
import { rights as sync } from '../../worker/calls/sync/module.ts'
import { handOverDue } from '../../worker/calls/sync/run-due.ts'
import { rights as hooks } from '../../worker/core/hooks/module.ts'
import { answeringFor } from '../support/ams-scene.ts'
import { testClock } from '../support/clock.ts'
import { FakeAms } from '../support/fake-ams.ts'
import { testParts } from '../support/new-tenant.ts'
import { asStranger, ORIGIN } from '../support/scene.ts'
import { send, withBrowser, type Ask, type Sender } from './ask.ts'
import type { Case } from './case.ts'
import type { Home } from './home.ts'
import { entrances } from './route-table.ts'

const nothing = async (): Promise<Ask> => ({})

/** A dialler of the home's, whose name holds its word. */
const connected = (home: Home) => home.tenant.asJob((ctx) => connectProvider(ctx, { provider: 'standard', label: `Line ${home.word}` }))
const ofConnection = async (home: Home) => ({ params: { connectionId: (await connected(home)).connection.id } })

const mapped = async (home: Home): Promise<{ connectionId: string; handlerId: string }> => {
  const { connection } = await connected(home)
  const { memberId } = await home.member()
  return home.tenant.asJob(async (ctx) => ({ connectionId: connection.id, handlerId: (await mapHandler(ctx, connection.id, { word: `ext ${home.word}`, memberId })).id }))
}

/** A call of the sender's own, with a number and a transcript that hold the home's word. */
async function call(home: Home, { browser }: Sender): Promise<{ params: { callId: string } }> {
  const { connection } = await connected(home)
  const memberId = browser.session ? await browser.run(async ({ actor }) => (actor.kind === 'member' ? actor.memberId : null)).catch(() => null) : null
  return home.tenant.asJob(async (ctx) => {
    const word = `ext ${crypto.randomUUID()}`
    if (memberId !== null) await mapHandler(ctx, connection.id, { word, memberId }).catch(() => undefined)
    const said = { provider: 'standard', eventId: crypto.randomUUID(), sessionId: crypto.randomUUID(), kind: 'transcript', direction: 'inbound', at: ctx.now, handler: word, phone: '+14155550132', durationS: null, transcript: `It is ${home.word}.`, text: null } as const
    const { writes, events } = await takeCalls(ctx, connection.id, [said])
    const [first, ...rest] = events
    if (!first) throw new Error('nothing was noted')
    await ctx.commit(writes, [first, ...rest])
    return { params: { callId: (await listCalls(ctx, { limit: 1 })).calls[0]?.id ?? '' } }
  })
}

/** A call that was due when no AMS was connected. */
async function stranded(home: Home): Promise<{ params: { callId: string } }> {
  const { connection } = await connected(home)
  const callId = await home.tenant.asJob(async (ctx) => {
    const said = { provider: 'standard', eventId: crypto.randomUUID(), sessionId: crypto.randomUUID(), kind: 'ended', direction: 'inbound', at: ctx.now - 5 * 60_000, handler: null, phone: null, durationS: 60, transcript: null, text: null } as const
    const { writes, events } = await takeCalls(ctx, connection.id, [said])
    const [first, ...rest] = events
    if (!first) throw new Error('nothing was noted')
    await ctx.commit(writes, [first, ...rest])
    return first.subject
  })
  const nowhere = new FakeAms()
  nowhere.connected = false
  await handOverDue(await testParts(), home.tenant.id, nowhere.parts)
  return { params: { callId } }
}

const AMS_HOST = 'notes.ams.example'

/** An AMS that takes everything and says nothing. */
const amsNamed = (word: string) => ({ kind: 'webhook', label: `AMS ${word}`, address: `https://${AMS_HOST}/in` }) as const satisfies ConnectAms

answeringFor(AMS_HOST, () => new Response(null, { status: 204 }))

/** A tenant has one AMS at a time. */
const withoutAms = (home: Home): Promise<void> =>
  home.tenant.asJob(async (ctx) => {
    for (const { id, state } of (await listAms(ctx, { limit: 100 })).connections) if (state === 'active') await revokeAms(ctx, id)
  })

async function ofAms(home: Home): Promise<{ params: { amsId: string } }> {
  await withoutAms(home)
  const { connection } = await home.tenant.asJob((ctx) => connectAms(ctx, amsNamed(home.word)))
  return { params: { amsId: connection.id } }
}

/** A sender of the home's that stands on the leaderboard, or is left out of it; a key or a stranger does neither. */
const onBoard = async ({ browser }: Sender, stands: boolean): Promise<Ask> => {
  if (browser.session) await browser.run(stands ? joinLeaderboard : leaveLeaderboard).catch(() => undefined)
  return {}
}

/** The same call, shown to its handler while it rings. */
async function popping(home: Home, by: Sender): Promise<{ params: { callId: string } }> {
  const ask = await call(home, by)
  await home.tenant.asJob((ctx) => popCall(ctx, ask.params.callId))
  return ask
}

/** A dialler's signed message: whoever holds it may send it, for it proves itself. */
async function rung(home: Home): Promise<Ask> {
  const { url, secret } = await connected(home)
  const [sender = '', address = ''] = new URL(url).pathname.split('/').slice(2)
  const now = await testClock()
  const id = crypto.randomUUID()
  const { headers, body } = await signAs('standard', secret, { id, now, said: { type: 'call.ringing', timestamp: new Date(now).toISOString(), data: { call: id, direction: 'inbound', phone: '+14155550132' } } })
  return { params: { sender, address }, headers: Object.fromEntries(headers), bytes: new Uint8Array(body) }
}

/** A call that came in through the door. */
export async function heardOf(home: Home): Promise<void> {
  const entrance = entrances().find(({ name }) => name === 'POST /hooks/:sender/:address')
  if (!entrance || (await send(withBrowser(asStranger()), entrance, await rung(home))).status !== 200) throw new Error('the call did not come in')
}

/** Which of several contacts was meant, remembered. */
export async function chosen(home: Home): Promise<void> {
  const { memberId } = await home.member()
  await home.tenant.asJob(async (ctx) => {
    const [phoneIndex, recordMac] = await Promise.all([ctx.vault.index(CHOICE_PHONE, home.word), ctx.vault.index(CHOICE_RECORD, home.word)])
    await ctx.commit(chooseFor(ctx.db, { phoneIndex, recordMac, memberId, chosenAt: ctx.now }), contactChosen(ctx.newId('cal'), { among: 2, nobody: false }))
  })
}

/** Diallers, what they send, and the log of calls. */
export const callCases: readonly Case[] = [
  { entrance: 'POST /hooks/:sender/:address', may: 'anyone', records: 'calls.call.heard', ask: rung, unproven: (ask) => ({ ...ask, bytes: new Uint8Array(2) }) },
  { entrance: 'GET /api/v1/calls', may: log.readOwn, ask: nothing },
  { entrance: 'GET /api/v1/calls/:callId', may: log.readOwn, records: 'calls.call.read', ask: call },
  { entrance: 'GET /api/v1/calls/:callId', which: 'nobody’s', may: log.readAll, records: 'calls.call.read', ask: (home) => call(home, withBrowser(asStranger())) },
  { entrance: 'GET /api/v1/call-hand-overs', may: sync.readHandOvers, ask: nothing },
  { entrance: 'POST /api/v1/call-hand-overs', may: sync.replay, records: 'calls.call.all_replayed', once: true, ask: async (home) => ({ ...(await stranded(home)), params: {} }) },
  { entrance: 'POST /api/v1/calls/:callId/hand-over', may: sync.replay, records: 'calls.call.replayed', once: true, ask: stranded },
  { entrance: 'GET /calls', may: log.readOwn, ask: nothing },
  { entrance: 'POST /calls', may: sync.replay, programs: false, records: 'calls.call.all_replayed', once: true, ask: async (home) => ({ ...(await stranded(home)), params: {}, form: { intent: 'hand-over' } }) },
  { entrance: 'GET /calls/:callId', may: log.readOwn, records: 'calls.call.read', ask: call },
  { entrance: 'GET /api/v1/call-figures', may: figures.readFigures, ask: nothing },
  { entrance: 'GET /calls/dashboard', may: figures.readFigures, ask: nothing },
  { entrance: 'GET /api/v1/call-leaderboard', may: figures.readLeaderboard, ask: nothing },
  { entrance: 'POST /api/v1/call-leaderboard/opt-out', may: figures.readLeaderboard, programs: false, records: 'calls.leaderboard.left', ask: (_home, by) => onBoard(by, true) },
  { entrance: 'DELETE /api/v1/call-leaderboard/opt-out', may: figures.readLeaderboard, programs: false, records: 'calls.leaderboard.joined', ask: (_home, by) => onBoard(by, false) },
  { entrance: 'GET /calls/leaderboard', may: figures.readLeaderboard, ask: nothing },
  { entrance: 'POST /calls/leaderboard', which: 'leave', may: figures.readLeaderboard, programs: false, records: 'calls.leaderboard.left', ask: async (_home, by) => ({ ...(await onBoard(by, true)), form: { intent: 'leave' } }) },
  { entrance: 'POST /calls/leaderboard', which: 'join', may: figures.readLeaderboard, programs: false, records: 'calls.leaderboard.joined', ask: async (_home, by) => ({ ...(await onBoard(by, false)), form: { intent: 'join' } }) },
  { entrance: 'GET /sockets/screen-pops', may: pop.handle, programs: false, ask: async () => ({ headers: { Upgrade: 'websocket', Origin: ORIGIN } }) },
  { entrance: 'GET /api/v1/screen-pops', may: pop.handle, records: 'calls.pop.read', ask: async (home, by) => popping(home, by).then(() => ({})) },
  { entrance: 'PUT /api/v1/calls/:callId/contact', may: pop.handle, records: 'calls.contact.chosen', ask: async (home, by) => ({ ...(await popping(home, by)), json: { contactId: null } }) },
  { entrance: 'PUT /api/v1/calls/:callId/disposition', may: pop.handle, records: 'calls.call.disposed', ask: async (home, by) => ({ ...(await call(home, by)), json: { disposition: 'helped' } }) },
  { entrance: 'GET /calls/now', may: pop.handle, records: 'calls.pop.read', ask: async (home, by) => popping(home, by).then(() => ({})) },
  { entrance: 'POST /calls/now', which: 'choose', may: pop.handle, programs: false, records: 'calls.contact.chosen', ask: async (home, by) => ({ form: { intent: 'choose', call: (await popping(home, by)).params.callId, contact: '' } }) },
  { entrance: 'POST /calls/now', which: 'dispose', may: pop.handle, programs: false, records: 'calls.call.disposed', ask: async (home, by) => ({ form: { intent: 'dispose', call: (await call(home, by)).params.callId, disposition: 'follow_up' } }) },
  { entrance: 'POST /calls/:callId', may: sync.replay, programs: false, records: 'calls.call.replayed', once: true, ask: async (home) => ({ ...(await stranded(home)), form: { intent: 'hand-over' } }) },
  { entrance: 'GET /api/v1/call-connections', may: hooks.readConnections, ask: nothing },
  { entrance: 'POST /api/v1/call-connections', may: hooks.writeConnections, records: 'core.hook_connection.made', ask: async () => ({ json: { provider: 'dialpad', label: 'Main line' } }) },
  { entrance: 'GET /api/v1/call-connections/:connectionId', may: hooks.readConnections, ask: ofConnection },
  { entrance: 'POST /api/v1/call-connections/:connectionId/rotation', may: hooks.writeConnections, records: 'core.hook_connection.rotated', ask: async (home) => ({ ...(await ofConnection(home)), json: {} }) },
  { entrance: 'POST /api/v1/call-connections/:connectionId/revocation', may: hooks.writeConnections, records: 'core.hook_connection.revoked', ask: ofConnection },
  { entrance: 'POST /api/v1/call-connections/:connectionId/tests', may: hooks.writeConnections, records: 'core.hook_connection.tested', ask: ofConnection },
  { entrance: 'GET /api/v1/call-connections/:connectionId/handlers', may: hooks.readConnections, ask: ofConnection },
  {
    entrance: 'POST /api/v1/call-connections/:connectionId/handlers', may: hooks.writeConnections, records: 'calls.handler.mapped',
    ask: async (home) => ({ ...(await ofConnection(home)), json: { word: 'extension 7', memberId: (await home.member()).memberId } }),
  },
  { entrance: 'DELETE /api/v1/call-handlers/:handlerId', may: hooks.writeConnections, records: 'calls.handler.removed', ask: async (home) => ({ params: { handlerId: (await mapped(home)).handlerId } }) },
  { entrance: 'GET /api/v1/ams-connections', may: ams.readAms, ask: nothing },
  {
    entrance: 'POST /api/v1/ams-connections', may: ams.writeAms, once: true, records: 'calls.ams.connected',
    ask: async (home) => {
      await withoutAms(home)
      return { json: amsNamed('two') }
    },
  },
  { entrance: 'POST /api/v1/ams-connections/:amsId/tests', may: ams.writeAms, records: 'calls.ams.tested', ask: async (home) => ({ ...(await ofAms(home)), json: {} }) },
  { entrance: 'POST /api/v1/ams-connections/:amsId/revocation', may: ams.writeAms, records: 'calls.ams.revoked', ask: ofAms },
  { entrance: 'GET /ams-connection', may: ams.readAms, ask: nothing },
  { entrance: 'POST /ams-connection', which: 'test', may: ams.writeAms, programs: false, records: 'calls.ams.tested', ask: async (home) => ({ form: { intent: 'test', connection: (await ofAms(home)).params.amsId } }) },
  { entrance: 'POST /ams-connection', which: 'revoke', may: ams.writeAms, programs: false, records: 'calls.ams.revoked', ask: async (home) => ({ form: { intent: 'revoke', connection: (await ofAms(home)).params.amsId } }) },
  { entrance: 'GET /ams-connection/new', may: ams.readAms, ask: nothing },
  {
    entrance: 'POST /ams-connection/new', may: ams.writeAms, programs: false, once: true, records: 'calls.ams.connected',
    ask: async (home) => {
      await withoutAms(home)
      return { form: amsNamed('two') }
    },
  },
  { entrance: 'GET /call-connections', may: hooks.readConnections, ask: nothing },
  { entrance: 'GET /call-connections/new', may: hooks.readConnections, ask: nothing },
  { entrance: 'POST /call-connections/new', may: hooks.writeConnections, programs: false, records: 'core.hook_connection.made', ask: async () => ({ form: { provider: 'dialpad', label: 'Main line' } }) },
  { entrance: 'GET /call-connections/:connectionId', may: hooks.readConnections, ask: ofConnection },
  { entrance: 'POST /call-connections/:connectionId', which: 'rotate', may: hooks.writeConnections, programs: false, records: 'core.hook_connection.rotated', ask: async (home) => ({ ...(await ofConnection(home)), form: { intent: 'rotate' } }) },
  { entrance: 'POST /call-connections/:connectionId', which: 'test', may: hooks.writeConnections, programs: false, records: 'core.hook_connection.tested', ask: async (home) => ({ ...(await ofConnection(home)), form: { intent: 'test' } }) },
  { entrance: 'POST /call-connections/:connectionId', which: 'revoke', may: hooks.writeConnections, programs: false, records: 'core.hook_connection.revoked', ask: async (home) => ({ ...(await ofConnection(home)), form: { intent: 'revoke' } }) },
  {
    entrance: 'POST /call-connections/:connectionId', which: 'map', may: hooks.writeConnections, programs: false, records: 'calls.handler.mapped',
    ask: async (home) => ({ ...(await ofConnection(home)), form: { intent: 'map', word: 'extension 7', memberId: (await home.member()).memberId } }),
  },
  {
    entrance: 'POST /call-connections/:connectionId', which: 'unmap', may: hooks.writeConnections, programs: false, records: 'calls.handler.removed',
    ask: async (home) => {
      const { connectionId, handlerId } = await mapped(home)
      return { params: { connectionId }, form: { intent: 'unmap', handler: handlerId } }
    },
  },
]
