import { expect, test } from 'vitest'
import { DAY, freshIp, HOUR, MINUTE, personWithPassword, tokenTo, visitAt } from '../support/account-scene.ts'
import { newAuthenticator } from '../support/authenticator.ts'
import { testClock } from '../support/clock.ts'
import { evidence } from '../support/evidence.ts'
import { newAccount, newTenant, platform, type TestTenant } from '../support/new-tenant.ts'
import { codeOf, newPerson } from '../support/person-scene.ts'
import { pdf } from '../support/sample-files.ts'
import { asOwner, drained, failureOf, ORIGIN, reachNow, signedIn, type Browser } from '../support/scene.ts'
import { randomToken } from '../../worker/core/cookies.ts'
import { createDocument } from '../../worker/core/documents/create-document.ts'
import { issueDocumentLink } from '../../worker/core/documents/issue-document-link.ts'
import { openDocument } from '../../worker/core/documents/open-document.ts'
import { stageContent } from '../../worker/core/documents/stage-content.ts'
import { storeDocument } from '../../worker/core/documents/store-document.ts'
import { Door } from '../../worker/core/door.ts'
import { acceptInvitation } from '../../worker/core/tenancy/accept-invitation.ts'
import { mintInvitation } from '../../worker/core/tenancy/invitation-token.ts'
import { inviteMember } from '../../worker/core/tenancy/invite-member.ts'
import { sha256Hex } from '../../worker/core/vault/digest.ts'
import { addPasskey } from '../../worker/core/identity/add-passkey.ts'
import { beginPasskey, beginPasskeySignIn } from '../../worker/core/identity/begin-passkey.ts'
import { confirmSignUp } from '../../worker/core/identity/confirm-sign-up.ts'
import { askFactors } from '../../worker/core/identity/factors.ts'
import { AssertionField, RegistrationField } from '../../worker/core/identity/factor-contract.ts'
import { passkeySignIn } from '../../worker/core/identity/passkey-sign-in.ts'
import { requestPasswordReset } from '../../worker/core/identity/request-password-reset.ts'
import { resetPassword } from '../../worker/core/identity/reset-password.ts'
import { signUp } from '../../worker/core/identity/sign-up.ts'
import { RECENT_MS, requireRecent, requireTicket } from '../../worker/core/identity/step-up.ts'
import { matchStep, newTotpSecret } from '../../worker/core/identity/totp.ts'

/** Something that works for a while: when that began, and whether it still works at a moment of the test's choosing. */
type Made = { readonly since: number; readonly worksAt: (now: number) => Promise<boolean> }

/** One row of the table. `lives`: milliseconds after it began at which it works for the last time. `once`: and for the only one. */
type Passing = { readonly name: string; readonly lives: number; readonly once: boolean; readonly make: () => Promise<Made> }

const works = async (trying: Promise<unknown>): Promise<boolean> => (await failureOf(trying)) === null
const isIn = (browser: Browser) => (now: number) => works(browser.runAsAccount(async () => undefined, now))

/** A PDF of the tenant's, with a link for its owner. */
async function linked(tenant: TestTenant): Promise<Made> {
  const owner = await asOwner(tenant)
  const id = await tenant.asJob(async (ctx) => {
    const document = await createDocument(ctx, { name: 'a.pdf', category: 'agreement', phi_ack: true })
    await storeDocument(ctx, await stageContent(ctx, { documentId: document.id, bytes: new Response(pdf('A page.')).body ?? new ReadableStream(), claimedType: 'application/pdf' }))
    return document.id
  })
  const since = await testClock()
  const { url } = await owner.run((ctx) => issueDocumentLink(ctx, id), since)
  await drained(tenant.id)
  return { since, worksAt: (now) => works(owner.run(async (ctx) => (await openDocument(ctx, new URL(url))).stream.cancel(), now)) }
}

/** A form sent with the token of its session, as far as the door. */
async function formToken(): Promise<Made> {
  const since = await testClock()
  const browser = await signedIn(await newAccount('Freda Form'), null, { now: since })
  const send = async (now: number) => {
    const headers = { Cookie: browser.cookies, Origin: ORIGIN, 'X-CSRF-Token': browser.csrf, 'Content-Type': 'application/json', 'CF-Connecting-IP': freshIp() }
    const door = new Door({ request: new Request(`${ORIGIN}/`, { method: 'POST', headers, body: '{}' }), reach: await reachNow(), now, later: (work) => void work().catch(() => undefined), wakeDrain: () => Promise.resolve() })
    await door.enter()
    await door.account()
  }
  return { since, worksAt: (now) => works(send(now)) }
}

async function ticketed(): Promise<Made> {
  const ada = await newPerson()
  const act = { verb: 'core.test' }
  const asked = await failureOf(ada.run((ctx) => requireTicket(ctx, act)))
  await ada.confirm((asked?.code === 'step_up_required' && asked.ticket) || '')
  return { since: ada.now, worksAt: (now) => works(ada.browser.runAsAccount((ctx) => requireTicket(ctx, act), now)) }
}

/** A registration that a software authenticator made for a challenge. */
async function newKey(): Promise<Made> {
  const ada = await newPerson()
  const options = await ada.confirmed((ctx) => beginPasskey(ctx, 'ada@example.com'))
  const answer = RegistrationField.parse(await (await newAuthenticator(ORIGIN)).register(options))
  return { since: ada.now, worksAt: (now) => works(ada.browser.runAsAccount((ctx) => addPasskey(ctx, { name: 'Phone', answer }), now)) }
}

async function signedInByKey(): Promise<Made> {
  const ada = await newPerson()
  await ada.addPasskey()
  const { challenge } = await beginPasskeySignIn(await visitAt({ now: ada.now }), 'a browser')
  const answer = AssertionField.parse(await ada.authenticator?.sign({ challenge }))
  return { since: ada.now, worksAt: async (now) => works(passkeySignIn(await visitAt({ now }), { answer, visitor: 'a browser', browser: 'b' })) }
}

async function invited(): Promise<Made> {
  const tenant = await newTenant()
  const since = await testClock()
  const token = await tenant.asJob(async (ctx) => mintInvitation(ctx.vault, (await inviteMember(ctx, { email: `ivy.${ctx.newId('inv')}@people.test`, name: 'Ivy Invited', role: 'member' })).id), since)
  const guest = await newAccount('Gus Guest')
  const accept = async (now: number) => {
    for (const log of [tenant.id, tenant.id, platform]) await drained(log) // what the followers commit is sealed too: a leap in time must not look like a log that lags
    const browser = await signedIn(guest, null, { now })
    await browser.runAsAccount((account) => acceptInvitation(account, token), now)
  }
  return { since, worksAt: (now) => works(accept(now)) }
}

async function mailed(kind: 'reset' | 'sign-up'): Promise<Made> {
  const since = await testClock()
  const email = kind === 'reset' ? (await personWithPassword()).email : `sig.${crypto.randomUUID()}@people.test`
  if (kind === 'reset') {
    await requestPasswordReset(await visitAt({ now: since }), email)
    const token = await tokenTo(email, 'password_reset', since)
    return { since, worksAt: async (now) => works(resetPassword(await visitAt({ now }), { token, password: 'amber kettle by the canal' })) }
  }
  await signUp(await visitAt({ now: since }), { email, name: 'Sigrid Newcomer', password: 'amber kettle by the canal', tenantName: 'Newcomer Agency', kind: 'agency', preset: 'combined' })
  const token = await tokenTo(email, 'sign_up_confirm', since)
  return { since, worksAt: async (now) => works(confirmSignUp(await visitAt({ now }), { token, password: null }, 'b')) }
}

const table: readonly Passing[] = [
  {
    name: 'an idle session', lives: 7 * DAY, once: false,
    make: async () => {
      const since = await testClock()
      return { since, worksAt: isIn(await signedIn(await newAccount('Ida Idle'), null, { now: since })) }
    },
  },
  {
    name: 'a busy session', lives: 30 * DAY, once: false,
    make: async () => {
      const [since, { accountId }] = [await testClock(), await newAccount('Bea Busy')]
      const [, sid = '', secret = ''] = /__Host-session=[^.]+\.([^.]+)\.([^.]+)\./.exec((await signedIn({ accountId }, null, { now: since })).cookies) ?? []
      const kept = { secretHash: await sha256Hex(secret) }
      const worksAt = async (now: number) => {
        const next = { nextSecretHash: await sha256Hex(randomToken(32)) }
        const presented = await (await reachNow()).guards.of(accountId).present({ sid, ...kept, ...next, now, counts: false })
        if (presented.ok && presented.rotated) kept.secretHash = next.nextSecretHash
        return presented.ok
      }
      for (let day = 6; day < 30; day += 6) expect(await worksAt(since + day * DAY)).toBe(true)
      return { since, worksAt }
    },
  },
  {
    name: 'a session’s replaced secret', lives: MINUTE, once: false,
    make: async () => {
      const since = (await testClock()) + DAY
      const worksAt = isIn(await signedIn(await newAccount('Rosa Replaced'), null, { now: since - DAY }))
      expect(await worksAt(since)).toBe(true) // the answer to this one carries the next secret; this browser never took it
      return { since, worksAt }
    },
  },
  { name: 'a form’s token', lives: 7 * DAY, once: false, make: formToken },
  {
    name: 'a recent proof', lives: RECENT_MS, once: false,
    make: async () => {
      const [tenant, since] = [await newTenant(), await testClock()]
      const owner = await asOwner(tenant, { now: since })
      return { since, worksAt: (now) => works(owner.run(async (ctx) => requireRecent(ctx), now)) }
    },
  },
  { name: 'a ticket for one act', lives: 2 * MINUTE, once: true, make: ticketed },
  { name: 'a document link', lives: 15 * MINUTE - 1, once: false, make: async () => linked(await newTenant()) },
  { name: 'a challenge to add a passkey', lives: 5 * MINUTE, once: true, make: newKey },
  { name: 'a challenge to sign in by passkey', lives: 5 * MINUTE, once: true, make: signedInByKey },
  { name: 'an invitation', lives: 7 * DAY - 1, once: true, make: invited },
  { name: 'a reset link', lives: HOUR, once: true, make: () => mailed('reset') },
  { name: 'a sign-up link', lives: DAY, once: true, make: () => mailed('sign-up') },
]

for (const { name, lives, once, make } of table) {
  test(`${name} works to its last millisecond and not a millisecond longer, and no clock set back by an hour revives it`, async () => {
    const [fresh, late] = [await make(), await make()]
    expect(await fresh.worksAt(fresh.since + lives), 'at its last millisecond').toBe(true)
    if (once) for (const back of [0, 1, MINUTE, HOUR]) expect(await fresh.worksAt(fresh.since + lives - back), `used, and the clock ${back} ms back`).toBe(false)
    expect(await late.worksAt(late.since + lives + 1), 'a millisecond later').toBe(false)
    for (const back of [1, HOUR]) expect(await late.worksAt(late.since + lives + 1 - back), `over, and the clock ${back} ms back`).toBe(back === 1 && name === 'a challenge to sign in by passkey')
    evidence('G12', name, { 'last millisecond': lives, 'accepted at it': 1, 'refused after it': 1, 'revived by a clock set back': 0 })
  }, 60_000)
}

test('a code of a second implementation works in its half minute and in those beside it, to the millisecond', async () => {
  const secret = newTotpSecret()
  let tried = 0
  for (const step of [0x273ef07 - 1, 57_000_000, 59_999_999, 60_000_000]) {
    const [code, since] = [codeOf(secret, step * 30_000), step * 30_000]
    const at = [-30_001, -30_000, 0, 29_999, 30_000, 59_999, 60_000, 60_000 - HOUR, -HOUR].map((offset) => matchStep(secret, code, since + offset))
    expect(at).toEqual([null, step, step, step, step, step, null, null, null])
    tried += at.length
  }
  evidence('G12', 'codes at the edges of their steps', { tried, 'steps either side': 1 })
})

test('a code used stays used under a clock set back, and so does every code of the hour before', async () => {
  const ada = await newPerson()
  await ada.enrolTotp()
  const prove = (now: number) =>
    ada.browser.runAsAccount(async (ctx) => {
      const taken = await askFactors(ctx, ctx.accountId, 'tryTotp', ctx.now)
      if (!taken.ok) throw new Error(`no try left: ${taken.reason}`)
      const step = matchStep(ada.secret.replaceAll(' ', ''), codeOf(ada.secret, now), now)
      return askFactors(ctx, ctx.accountId, 'useTotp', { id: taken.id, step, grant: { kind: 'recent', sid: ctx.session.sid }, now, told: { done: [] } })
    }, now)
  expect(await prove(ada.now + HOUR)).toMatchObject({ ok: true })
  for (const back of [0, 30_000, HOUR]) expect(await prove(ada.now + HOUR - back)).toMatchObject({ ok: false, reason: 'used' })
  expect(await prove(ada.now + HOUR + 30_000)).toMatchObject({ ok: true })
  await drained(platform)
})
