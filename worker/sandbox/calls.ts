import type { CallEvent } from '../calls/intake/call-event.ts'
import { connectProvider } from '../calls/intake/connect-provider.ts'
import { mapHandler } from '../calls/intake/map-handler.ts'
import { signAs } from '../calls/intake/sign-as.ts'
import { takeCalls } from '../calls/intake/take-calls.ts'
import { callsDueWork } from '../calls/parts.ts'
import { setAssistant } from '../core/ai/set-assistant.ts'
import type { Ctx } from '../core/ctx.ts'
import { hookPath } from '../core/hooks/address.ts'
import { listConnections } from '../core/hooks/list-connections.ts'
import { openSecrets } from '../core/hooks/open-connection.ts'
import { connectionById } from '../core/hooks/store.ts'
import { newId } from '../core/id.ts'
import { runJob } from '../core/job.ts'
import { tenantsOf } from '../core/identity/store.ts'
import { listMembers } from '../core/tenancy/list-members.ts'
import { tenants } from './cast.ts'
import type { House, Step } from './links.ts'
import type { Scene } from './scene.ts'
import { Stage } from './stage.ts'

/** The houses of the demo that a dialler is connected to, and who answers there: her extension is 101. */
const lines = [{ house: 'Harbor FMO', answers: 'priya@harbor.example' }] as const

/** How long after its last word a call of the demo goes to the AMS. */
const HANDED_OVER_MS = 3.5 * 60_000

const LABEL = 'Demo dialler'
const EXTENSION = '101'

/** Invented talk; numbers of the form 555-01xx belong to nobody. */
const talk = 'Caller: I would like to know whether my renewal went through. Agent: It did, on the first of the month. Caller: Thank you.'

type Told = Pick<CallEvent, 'kind'> & Partial<CallEvent> & { readonly afterS: number }

const told: readonly { readonly hoursAgo: number; readonly direction: CallEvent['direction']; readonly phone: string; readonly says: readonly Told[] }[] = [
  { hoursAgo: 30, direction: 'inbound', phone: '+14155550132', says: [{ kind: 'ringing', afterS: 0 }, { kind: 'answered', afterS: 9 }, { kind: 'ended', afterS: 214, durationS: 205 }, { kind: 'transcript', afterS: 240, transcript: talk }] },
  { hoursAgo: 22, direction: 'inbound', phone: '+15035550177', says: [{ kind: 'ringing', afterS: 0 }, { kind: 'missed', afterS: 25 }] },
  { hoursAgo: 21, direction: 'outbound', phone: '+15035550177', says: [{ kind: 'ringing', afterS: 0 }, { kind: 'answered', afterS: 14 }, { kind: 'ended', afterS: 95, durationS: 81 }] },
  { hoursAgo: 4, direction: 'inbound', phone: '+12065550119', says: [{ kind: 'sms', afterS: 0, text: 'Running ten minutes late, see you soon.' }] },
]

/** A dialler and what it told of in the last days. A house that has one is left as it is. */
export async function callSteps(stage: Stage, houses: readonly House[], today: number): Promise<Step[]> {
  const fresh: House[] = []
  for (const house of houses.filter(({ name }) => lines.some((line) => line.house === name))) {
    if ((await stage.asMember(house.owner, house.tenantId, today, (ctx) => listConnections(ctx, { limit: 1 }))).connections.length === 0) fresh.push(house)
  }
  return fresh.flatMap(({ name, owner, tenantId }) => {
    const step = (daysAgo: number, run: (now: number) => Promise<unknown>): Step => ({ daysAgo, sealed: [tenantId], run: async (now) => void (await run(now)) })
    // By the clock of the machine each of these calls is due as soon as it is told: what rings in between finds it handed over.
    const called = (each: (typeof told)[number], number: number) => step(each.hoursAgo / 24, async (now) => {
      await stage.asMember(owner, tenantId, now - HANDED_OVER_MS, (ctx) => tell(ctx, `demo-${number}`, each))
      await stage.due(callsDueWork, tenantId, now)
    })
    return [step(2, (now) => stage.asMember(owner, tenantId, now, (ctx) => connect(ctx, name))), ...told.map(called)]
  })
}

async function connect(ctx: Ctx, house: string): Promise<void> {
  const { connection } = await connectProvider(ctx, { provider: 'standard', label: LABEL })
  const { members } = await listMembers(ctx, { limit: 100 })
  const answers = members.find(({ email }) => lines.some((line) => line.house === house && line.answers === email))
  if (answers) await mapHandler(ctx, connection.id, { word: EXTENSION, memberId: answers.id })
  await setAssistant(ctx, { base: `${ctx.reach.env.ORIGIN}/sandbox/assistant/v1`, model: 'stand-in', key: 'sk-sandbox', on: true }, 0)
}

/** The last word of it is said just now. */
async function tell(ctx: Ctx, sessionId: string, { direction, phone, says }: (typeof told)[number]): Promise<void> {
  const line = await connectionOf(ctx)
  const lastS = Math.max(...says.map(({ afterS }) => afterS))
  const heard = says.map(({ afterS, ...said }) => ({ ...nothing, direction, phone, eventId: `${sessionId}-${said.kind}`, sessionId, at: ctx.now - (lastS - afterS) * 1000, ...said }))
  const { writes, events } = line ? await takeCalls(ctx, line.id, heard) : { writes: [], events: [] }
  const [first, ...rest] = events
  if (first) await ctx.commit(writes, [first, ...rest])
}

async function connectionOf(ctx: Ctx) {
  const { connections } = await listConnections(ctx, { limit: 100 })
  return connections.find(({ label, state }) => label === LABEL && state === 'active') ?? null
}

const nothing = { provider: 'standard', handler: EXTENSION, durationS: null, transcript: null, text: null } as const

/** Who may ring: a client, two clients of one household, nobody whom the stand-in AMS knows. */
export const callers = ['+14155550132', '+15035550177', '+13605550101'] as const
export type Caller = (typeof callers)[number]

/**
 * Ring a call at a house of the demo, from its first ring to its transcript, as its dialler would: each message signed with
 * the connection's own secret and sent to its public address. Answers what came back, message by message; null where no dialler is connected.
 */
export async function ring(scene: Scene, phone: Caller = callers[0]): Promise<{ call: string; statuses: number[] } | null> {
  const owner = tenants.find(({ name }) => name === lines[0].house)?.owner
  const [tenantId] = owner ? await new Stage(scene).asPerson(owner, scene.now, (account) => account.directory.read(tenantsOf(account.directory, account.accountId))) : []
  const line = tenantId === undefined ? null : await runJob(scene, tenantId, 'sandbox', dialler)
  if (!line) return null
  const call = newId('cal', scene.now)
  const rangAt = scene.now - 60_000
  const statuses: number[] = []
  for (const [kind, afterS, more] of [['ringing', 0, {}], ['answered', 6, {}], ['ended', 58, { duration: 52 }], ['transcript', 60, { transcript: talk }]] as const) {
    const said = { type: `call.${kind}`, timestamp: new Date(rangAt + afterS * 1000).toISOString(), data: { call, direction: 'inbound', phone, agent: EXTENSION, ...more } }
    const { headers, body } = await signAs('standard', line.secret, { id: newId('cal', scene.now), now: scene.now, said })
    statuses.push((await scene.house.knock(new Request(`${scene.env.ORIGIN}${line.path}`, { method: 'POST', headers, body: new Uint8Array(body) }))).status)
  }
  return { call, statuses }
}

async function dialler(ctx: Ctx): Promise<{ path: string; secret: string } | null> {
  const known = await connectionOf(ctx)
  const row = known && (await ctx.db.read(connectionById(ctx.db, known.id)))
  if (!row) return null
  const { secret } = await openSecrets(ctx, row.id, { sealed: row.content, sealVersion: row.sealVersion })
  return { path: await hookPath(ctx.reach.signer, row.sender, { tenantId: ctx.tenant.id, connectionId: row.id }), secret }
}
