import type { Visit } from '../core/ctx.ts'
import { createDocument } from '../core/documents/create-document.ts'
import { issueDocumentLink } from '../core/documents/issue-document-link.ts'
import { openDocument } from '../core/documents/open-document.ts'
import { stageContent } from '../core/documents/stage-content.ts'
import { countDocuments } from '../core/documents/store.ts'
import { storeDocument } from '../core/documents/store-document.ts'
import { trashDocument } from '../core/documents/trash-document.ts'
import { createAccount } from '../core/identity/create-account.ts'
import { acceptPassword } from '../core/identity/new-password.ts'
import { presetTerms } from '../core/identity/sign-up.ts'
import { tenantsOf } from '../core/identity/store.ts'
import { acceptInvitation } from '../core/tenancy/accept-invitation.ts'
import { changePolicy } from '../core/tenancy/change-policy.ts'
import { createTenant, ensurePlatform } from '../core/tenancy/create-tenant.ts'
import { mintInvitation } from '../core/tenancy/invitation-token.ts'
import { inviteMember } from '../core/tenancy/invite-member.ts'
import { listInvitations } from '../core/tenancy/list-invitations.ts'
import { revokeInvitation } from '../core/tenancy/revoke-invitation.ts'
import { randomBytes } from '../core/vault/bytes.ts'
import { demoSignIns, keepSignIn } from './accounts.ts'
import { advanceClock } from './advance-clock.ts'
import { amsSteps } from './ams.ts'
import { callSteps } from './calls.ts'
import { carrierKeySteps } from './carrier-keys.ts'
import { FIRST_DAY, people, tenants, type DemoFile, type DemoTenant, type Person } from './cast.ts'
import { passportSteps } from './fill-passport.ts'
import { fmosOf, linkSteps, type House, type Step } from './links.ts'
import { makePdf } from './make-pdf.ts'
import { packetSteps } from './packets.ts'
import { producers } from './producers.ts'
import { requestSteps } from './requests.ts'
import type { Scene } from './scene.ts'
import { Stage } from './stage.ts'

const DAY_MS = 86_400_000

/** Everybody and every house of the demo. */
const everybody: readonly Person[] = [...people, ...producers.map(({ owner }) => owner)]
const houses: readonly DemoTenant[] = [...tenants, ...producers]

/** The moment of something `daysAgo`; everything is now where there is a demo already. */
type Moment = (daysAgo: number) => number

/**
 * Make the demo tenants through the product's own verbs, in the order things happened, each sealed as it happens. Safe to
 * repeat: every step looks first whether it was done, and only what is missing is added.
 */
export async function seed(scene: Scene): Promise<{ signIns: number; tenants: number }> {
  await ensurePlatform(scene.reach.keyring)
  const stage = new Stage(scene)
  const fresh = (await demoSignIns(scene)).length === 0
  // A minute earlier for each day, so that what happened on one day has an order.
  const moment: Moment = (daysAgo) => (fresh ? Math.round(scene.now - daysAgo * DAY_MS - daysAgo * 60_000) : scene.now)
  for (const person of everybody) await createPerson(scene, stage, person, moment(FIRST_DAY))
  const built: House[] = []
  for (const { name, owner, ...house } of houses) built.push({ name, owner, tenantId: await foundTenant(stage, { name, owner, ...house }, moment(FIRST_DAY)) })
  const steps: Step[] = []
  for (const house of houses) steps.push(...(await stepsOf(stage, house, built, moment)))
  steps.push(...(await linkSteps(stage, built, moment(0))))
  steps.push(...(await requestSteps(stage, built, moment(0))))
  steps.push(...(await packetSteps(stage, built, moment(0))))
  steps.push(...carrierKeySteps(scene, stage, built))
  steps.push(...(await callSteps(stage, built, moment(0))))
  steps.push(...(await amsSteps(scene, stage, built, moment(0))))
  // What happened in one house and what passed between two stand in one order.
  for (const { daysAgo, sealed, run } of steps.toSorted((a, b) => b.daysAgo - a.daysAgo)) {
    await run(moment(daysAgo))
    for (const tenantId of sealed) await stage.sealed(tenantId, moment(daysAgo))
  }
  await advanceClock(scene, 0)
  return { signIns: everybody.length, tenants: houses.length }
}

/** The password is kept before the account exists: whichever half a broken start left, the next one completes it. */
async function createPerson(scene: Scene, stage: Stage, person: Person, now: number): Promise<void> {
  const seats = houses.flatMap((tenant) => [{ person: tenant.owner, role: 'owner' }, ...tenant.joined].filter((seat) => seat.person === person).map(({ role }) => ({ tenant: tenant.name, role })))
  const known = (await demoSignIns(scene)).find(({ email }) => email === person.email)
  const password = known?.password ?? freshPassword()
  if (!known) await keepSignIn(scene, { email: person.email, password, seats })
  const accountId = await stage.accountId(person, now)
  if (accountId && known) return
  const visit: Visit = stage.visit(now)
  const passwordHash = await acceptPassword(visit, person.email, password, { ...presetTerms('combined'), words: [person.name] })
  // The account outlived what was kept of its password: the one just printed is made to fit.
  if (accountId) return void (await visit.reach.guards.of(accountId).setPassword({ hash: passwordHash, proven: null, keep: null, now: scene.now, events: [] }))
  await createAccount(visit, { accountId: visit.newId('acc'), ...person, passwordHash, via: 'operator' })
}

/** What is still to happen in one house. A producer's submission goes on to those it works with. */
async function stepsOf(stage: Stage, demo: DemoTenant, built: readonly House[], moment: Moment): Promise<Step[]> {
  const idOf = (name: string): string[] => built.filter((house) => house.name === name).map((house) => house.tenantId)
  const [tenantId = ''] = idOf(demo.name)
  const steps: { daysAgo: number; run: (now: number) => Promise<void> }[] = demo.joined.map(({ person, role, daysAgo }) => ({ daysAgo, run: (now) => join(stage, demo, tenantId, person, role, now) }))
  const [done, open] = await stage.asMember(demo.owner, tenantId, moment(0), async (ctx) => [(await ctx.db.read(countDocuments(ctx.db, 'stored'))) > 0, (await listInvitations(ctx, { limit: 100 })).invitations.map(({ email }) => email)] as const)
  for (const { to, role, daysAgo, revoked } of demo.offers) if (!open.includes(to.email)) steps.push({ daysAgo, run: (now) => offer(stage, demo, tenantId, { ...to, role }, revoked ?? false, now) })
  if (!done) for (const file of demo.files) steps.push({ daysAgo: file.daysAgo, run: (now) => fileAway(stage, tenantId, file, now) })
  if (!done && Object.keys(demo.policy).length > 0) steps.push({ daysAgo: 7, run: (now) => stage.asMember(demo.owner, tenantId, now, async (ctx) => void (await changePolicy(ctx, { version: 1, values: demo.policy }))) })
  const producer = producers.find((each) => each === demo)
  if (producer) steps.push(...(await passportSteps(stage, producer, tenantId, moment(0))))
  const sealed = [tenantId, ...fmosOf(demo.name).flatMap(idOf), ...(producer ? [tenantId] : [])]
  return steps.map((step) => ({ ...step, sealed }))
}

async function foundTenant(stage: Stage, { name, kind, preset, owner }: DemoTenant, now: number): Promise<string> {
  const tenantId = await stage.asPerson(owner, now, async (account) => {
    const [known] = await account.directory.read(tenantsOf(account.directory, account.accountId))
    return known ?? createTenant(account, { name, kind, preset, owner: { accountId: account.accountId, ...owner } })
  })
  await stage.sealed(tenantId, now)
  return tenantId
}

async function join(stage: Stage, demo: DemoTenant, tenantId: string, person: Person, role: 'admin' | 'member' | 'viewer', now: number): Promise<void> {
  const joined = await stage.asPerson(person, now, (account) => account.directory.read(tenantsOf(account.directory, account.accountId)))
  if (joined.includes(tenantId)) return
  const token = await stage.asMember(demo.owner, tenantId, now, async (ctx) => {
    const open = (await listInvitations(ctx, { limit: 100 })).invitations.find(({ email, state }) => email === person.email && state === 'open')
    return mintInvitation(ctx.vault, (open ?? (await inviteMember(ctx, { ...person, role }))).id)
  })
  await stage.asPerson(person, now, (account) => acceptInvitation(account, token))
}

async function offer(stage: Stage, demo: DemoTenant, tenantId: string, to: Person & { role: 'admin' | 'member' | 'viewer' }, revoked: boolean, now: number): Promise<void> {
  await stage.asMember(demo.owner, tenantId, now, async (ctx) => {
    const { id } = await inviteMember(ctx, to)
    if (revoked) await revokeInvitation(ctx, id)
  })
}

async function fileAway(stage: Stage, tenantId: string, file: DemoFile, now: number): Promise<void> {
  await stage.asMember(file.by, tenantId, now, async (ctx) => {
    const { id } = await createDocument(ctx, { name: file.name, category: file.category, phi_ack: true })
    const bytes = new Response(makePdf(file.lines)).body ?? new ReadableStream<Uint8Array>()
    await storeDocument(ctx, await stageContent(ctx, { documentId: id, bytes, claimedType: 'application/pdf' }))
    if (file.opened) await (await openDocument(ctx, new URL((await issueDocumentLink(ctx, id)).url))).stream.cancel()
    if (file.trashed) await trashDocument(ctx, id)
  })
}

/** Four groups of four letters and digits without l, o, 0 and 1: 80 bits, and still to be typed from a screen. */
function freshPassword(): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
  const letters = [...randomBytes(16)].map((byte) => alphabet[byte & 31]).join('')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}
