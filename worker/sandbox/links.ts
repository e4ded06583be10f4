import { acceptProducerInvitation } from '../contracting/producers/accept-producer-invitation.ts'
import { answerRelease } from '../contracting/producers/answer-release.ts'
import { askRelease } from '../contracting/producers/ask-release.ts'
import { mintProducerInvitation } from '../contracting/producers/invitation-token.ts'
import { inviteProducer } from '../contracting/producers/invite-producer.ts'
import { issueCredential } from '../contracting/producers/issue-credential.ts'
import { listFmos } from '../contracting/producers/list-fmos.ts'
import { listProducerInvitations } from '../contracting/producers/list-producer-invitations.ts'
import { openCopy } from '../contracting/producers/open-copy.ts'
import type { Ctx } from '../core/ctx.ts'
import type { Person } from './cast.ts'
import type { Stage } from './stage.ts'

/** A house of the demo, once it has a tenant. */
export type House = { readonly name: string; readonly owner: Person; readonly tenantId: string }
/** Something that happened, and whose logs are sealed after it, in this order. */
export type Step = { readonly daysAgo: number; readonly sealed: readonly string[]; readonly run: (now: number) => Promise<void> }

/** Who works with whom since when, and what passed between them. */
const links: readonly { readonly fmo: string; readonly producer: string; readonly daysAgo: number; readonly acts?: readonly Act[] }[] = [
  {
    fmo: 'Harbor FMO', producer: 'Maria Alvarez', daysAgo: 9,
    acts: [
      { daysAgo: 8, at: 'fmo', does: (ctx, linkId) => openCopy(ctx, linkId, { purpose: 'review', reason: 'First look at a new producer' }) },
      { daysAgo: 4, at: 'fmo', does: (ctx, linkId) => issueCredential(ctx, linkId, { kind: 'writing_number', label: 'Evergreen Life', value: 'EG-2071-4418', password: '' }) },
      { daysAgo: 2, at: 'fmo', does: (ctx, linkId) => openCopy(ctx, linkId, { purpose: 'contracting', reason: 'She moved: new address for the Washington contract' }) },
    ],
  },
  { fmo: 'Harbor FMO', producer: 'Lindqvist Benefits LLC', daysAgo: 7, acts: [{ daysAgo: 1, at: 'fmo', does: (ctx, linkId) => askRelease(ctx, linkId, { reason: 'No business was written since the spring' }) }] },
  { fmo: 'Beacon Marketing', producer: 'Maria Alvarez', daysAgo: 6 },
  {
    fmo: 'Beacon Marketing', producer: 'Lindqvist Benefits LLC', daysAgo: 8,
    acts: [
      { daysAgo: 6, at: 'producer', does: (ctx, linkId) => askRelease(ctx, linkId, { reason: 'We work through Harbor from now on' }) },
      { daysAgo: 5, at: 'release', does: (ctx, releaseId) => answerRelease(ctx, releaseId, { verdict: 'released', answer: 'All the best to you' }) },
    ],
  },
  { fmo: 'Beacon Marketing', producer: 'Jonah Reyes', daysAgo: 3 },
]

/** `at` says who acts: the FMO, the producer, or the FMO on what the producer asked last. */
type Act = { readonly daysAgo: number; readonly at: 'fmo' | 'producer' | 'release'; readonly does: (ctx: Ctx, id: string) => Promise<unknown> }

/** Invited by an FMO, and silent so far. */
const waiting: readonly { readonly fmo: string; readonly daysAgo: number; readonly to: Person }[] = [
  { fmo: 'Harbor FMO', daysAgo: 2, to: { name: 'Owen Tran', email: 'owen@tran.example' } },
  { fmo: 'Beacon Marketing', daysAgo: 1, to: { name: 'Imani Brooks', email: 'imani@brooks.example' } },
]

/** The FMOs that a producer of the demo works or worked with. */
export const fmosOf = (producer: string): string[] => links.filter((link) => link.producer === producer).map(({ fmo }) => fmo)

/** What is still to happen between the houses. An FMO that has invited anybody is left as it is. */
export async function linkSteps(stage: Stage, houses: readonly House[], today: number): Promise<Step[]> {
  const named = (name: string): House => {
    const house = houses.find((each) => each.name === name)
    if (!house) throw new TypeError(`the demo has no ${name}`)
    return house
  }
  const fresh = new Map<string, boolean>()
  for (const name of new Set(links.map(({ fmo }) => fmo))) {
    const { owner, tenantId } = named(name)
    fresh.set(name, (await stage.asMember(owner, tenantId, today, (ctx) => listProducerInvitations(ctx, { limit: 1 }))).invitations.length === 0)
  }
  const between = links.filter(({ fmo }) => fresh.get(fmo)).flatMap(({ fmo, producer, daysAgo, acts = [] }) => {
    const [upline, own] = [named(fmo), named(producer)]
    const sealed = [upline.tenantId, own.tenantId, upline.tenantId, own.tenantId]
    return [{ daysAgo, sealed, run: (now: number) => join(stage, upline, own, now) }, ...acts.map((act) => ({ daysAgo: act.daysAgo, sealed, run: (now: number) => perform(stage, upline, own, act, now) }))]
  })
  const asked = waiting.filter(({ fmo }) => fresh.get(fmo)).map(({ fmo, daysAgo, to }) => ({
    daysAgo, sealed: [named(fmo).tenantId], run: async (now: number) => void (await stage.asMember(named(fmo).owner, named(fmo).tenantId, now, (ctx) => inviteProducer(ctx, to))),
  }))
  return [...between, ...asked]
}

async function join(stage: Stage, fmo: House, producer: House, now: number): Promise<void> {
  const { name, email } = producer.owner
  const token = await stage.asMember(fmo.owner, fmo.tenantId, now, async (ctx) => mintProducerInvitation(ctx.vault, (await inviteProducer(ctx, { name, email })).id))
  await stage.asPerson(producer.owner, now, (account) => acceptProducerInvitation(account, token))
}

async function perform(stage: Stage, fmo: House, producer: House, { at, does }: Act, now: number): Promise<void> {
  const { fmos, releases } = await stage.asMember(producer.owner, producer.tenantId, now, listFmos)
  const link = fmos.find(({ name, state }) => name === fmo.name && state === 'active')
  if (!link) return
  if (at === 'producer') return void (await stage.asMember(producer.owner, producer.tenantId, now, (ctx) => does(ctx, link.id)))
  const release = releases.find(({ linkId }) => linkId === link.id)
  if (at === 'fmo' || release) await stage.asMember(fmo.owner, fmo.tenantId, now, (ctx) => does(ctx, at === 'release' ? (release?.id ?? '') : link.id))
}
