import { addressIndex } from '../../worker/core/identity/address.ts'
import { beginTotp, pendingTotp } from '../../worker/core/identity/begin-totp.ts'
import { addPasskey } from '../../worker/core/identity/add-passkey.ts'
import { beginPasskey } from '../../worker/core/identity/begin-passkey.ts'
import { confirmTotp } from '../../worker/core/identity/confirm-totp.ts'
import { disableTotp } from '../../worker/core/identity/disable-totp.ts'
import { RegistrationField } from '../../worker/core/identity/factor-contract.ts'
import { listFactors } from '../../worker/core/identity/list-factors.ts'
import { requestEmailChange } from '../../worker/core/identity/request-email-change.ts'
import { requestPasswordReset } from '../../worker/core/identity/request-password-reset.ts'
import { readInvitation } from '../../worker/core/tenancy/read-invitation.ts'
import { signIn } from '../../worker/core/identity/sign-in.ts'
import { signUp } from '../../worker/core/identity/sign-up.ts'
import { freshIp, mailsTo, PASSWORD, personWithPassword, tokenTo, visitAt } from '../support/account-scene.ts'
import { newAuthenticator } from '../support/authenticator.ts'
import { testClock } from '../support/clock.ts'
import { codeOf, newPerson, recorded, type Person } from '../support/person-scene.ts'
import { asStranger, bindings, failureOf, ORIGIN, reachNow, signedIn, type Browser } from '../support/scene.ts'
import { signedInAs, Somewhere } from '../support/somewhere.ts'
import { withBrowser } from '../tenancy/ask.ts'
import type { Home } from '../tenancy/home.ts'
import { asked, entranceNamed, sent } from './act.ts'
import { countOf } from './events-so-far.ts'
import type { Flow, Stage } from './flow.ts'
import { rootsOf } from './stored-objects.ts'

const FRESH = 'amber kettle by the canal'

/** What people do with their own accounts, at the pages and through the verbs behind them. */
export const personFlows: readonly Flow[] = [
  {
    name: 'sign in',
    begin: async () => {
      const person = await personWithPassword()
      return {
        act: await posted('/sign-in', { email: person.email, password: PASSWORD }),
        wrong: async () => [...(await sessionsWithoutEvents(person)), ...(await mustSignIn(person.email, PASSWORD))],
      }
    },
  },
  {
    name: 'sign up',
    begin: async () => {
      const email = newAddress()
      const form = { name: 'Nora New', email, password: PASSWORD, tenantName: 'New & Co', kind: 'agency', preset: 'combined' }
      return { act: await posted('/sign-up', form), wrong: async () => atLeastOne(await mailsTo(email), 'sign_up_confirm') }
    },
  },
  {
    name: 'confirm a sign-up',
    begin: async () => {
      const email = newAddress()
      await signUp(await visitAt(), { name: 'Nora New', email, password: PASSWORD, tenantName: 'New & Co', kind: 'agency', preset: 'combined' })
      const act = await posted('/sign-up/confirm/:token', {}, { token: await tokenTo(email, 'sign_up_confirm') })
      return {
        act,
        // The link is used up: whoever confirmed signs in, and makes the tenant from there.
        mend: async () => {
          const somewhere = await signedInAs(email)
          if ((await tenantsOf(email)).every(({ state }) => state !== 'open')) await somewhere.post('/start', { tenantName: 'New & Co', kind: 'agency', preset: 'combined' })
        },
        wrong: async () => {
          const tenants = await tenantsOf(email)
          const roots = await Promise.all(tenants.map(async ({ id, state }) => ((await rootsOf(id)).length === 4 ? [] : [`a tenant that is ${state} has not four roots`])))
          // A confirmation that hung while its person made the tenant another way makes one more: whole, and its owner's to close.
          return [...(tenants.length >= 1 && tenants.every(({ state }) => state === 'open') ? [] : [`tenants: ${tenants.map(({ state }) => state).join(', ') || 'none'}`]), ...roots.flat(), ...(await mustSignIn(email, PASSWORD))]
        },
      }
    },
  },
  {
    name: 'ask for a new password',
    begin: async () => {
      const { email } = await personWithPassword()
      return { act: await posted('/forgot-password', { email }), wrong: async () => atLeastOne(await mailsTo(email), 'password_reset') }
    },
  },
  {
    name: 'set a new password by mail',
    begin: async () => {
      const person = await personWithPassword()
      const before = await signedIn(person, null)
      await requestPasswordReset(await visitAt(), person.email)
      const token = await tokenTo(person.email, 'password_reset')
      return {
        act: await posted('/reset-password/:token', { password: FRESH }, { token }),
        wrong: async () => [
          ...(await mustSignIn(person.email, FRESH)),
          ...once(await recorded(person), 'core.password.reset'),
          ...atLeastOne(await mailsTo(person.email), 'password_changed'),
          ...((await failureOf(before.runAsAccount(async () => undefined))) === null ? ['a session outlived the old password'] : []),
        ],
      }
    },
  },
  {
    name: 'change the password',
    begin: async () => {
      const person = await personWithPassword()
      const browser = await signedIn(person, null)
      return {
        act: sent(withBrowser(browser), entranceNamed('POST /profile/password'), { form: { current: PASSWORD, password: FRESH }, headers: { 'CF-Connecting-IP': freshIp() } }),
        wrong: async () => [...(await mustSignIn(person.email, FRESH)), ...once(await recorded(person), 'core.password.changed'), ...atLeastOne(await mailsTo(person.email), 'password_changed')],
      }
    },
  },
  {
    name: 'take up an invitation',
    begin: async (home) => {
      const person = await personWithPassword()
      const { token } = await home.invitation()
      const [browser, before] = [await signedIn(person, null), await membersOf(home)]
      return { home, act: sent(withBrowser(browser), entranceNamed('POST /invitation/:token'), { params: { token }, form: {} }), wrong: () => joinedOnce(home, before) }
    },
  },
  {
    name: 'take up an invitation without an account',
    begin: async (home) => {
      const { token } = await home.invitation()
      const { email } = await readInvitation(await visitAt(), token)
      const ip = freshIp()
      const browser = asStranger()
      await browser.call(`/invitation/${token}`, { headers: { Accept: 'text/html', 'CF-Connecting-IP': ip } })
      const act = sent(withBrowser(browser), entranceNamed('POST /invitation/:token'), { params: { token }, form: { name: 'Nora New', password: PASSWORD }, headers: { 'CF-Connecting-IP': ip } })
      const before = await membersOf(home)
      return {
        home,
        act,
        // Refused because the account is there: the person signs in and opens the invitation again.
        mend: async () => {
          const somewhere = await signedInAs(email)
          await somewhere.get(`/invitation/${token}`)
          await somewhere.post(`/invitation/${token}`, {})
        },
        wrong: () => joinedOnce(home, before),
      }
    },
  },
  {
    name: 'turn an authenticator on',
    begin: async () => {
      const person = await newPerson()
      await person.confirmed(beginTotp)
      const setUp = await person.run((ctx) => pendingTotp(ctx, 'ada@example.com'))
      person.now += 30_000
      const code = codeOf(setUp?.secret ?? '', person.now)
      return { act: asked(person.browser, (ctx) => confirmTotp(ctx, code), person.now), wrong: async () => [...once(await recorded(person), 'core.factor.enabled'), ...((await factorsOf(person)).totp ? [] : ['the authenticator is not on'])] }
    },
  },
  {
    name: 'turn an authenticator off',
    begin: async () => {
      const person = await newPerson()
      await person.enrolTotp()
      const refused = await failureOf(person.run(disableTotp))
      if (refused?.code !== 'step_up_required' || !refused.ticket) throw new Error('expected to be asked for a proof')
      await person.confirm(refused.ticket)
      return { act: asked(person.browser, disableTotp, person.now), wrong: async () => [...once(await recorded(person), 'core.factor.disabled'), ...((await factorsOf(person)).totp ? ['the authenticator is still on'] : [])] }
    },
  },
  {
    name: 'add a passkey',
    begin: async () => {
      const person = await newPerson()
      const options = await person.confirmed((ctx) => beginPasskey(ctx, 'ada@example.com'))
      const answer = RegistrationField.parse(await (await newAuthenticator(ORIGIN)).register(options))
      return { act: asked(person.browser, (ctx) => addPasskey(ctx, { name: 'Phone', answer }), person.now), wrong: async () => [...once(await recorded(person), 'core.factor.enabled'), ...((await factorsOf(person)).passkeys.length === 1 ? [] : ['there is not one passkey'])] }
    },
  },
  {
    name: 'ask for another address',
    begin: async () => {
      const person = await personWithPassword()
      const browser = await signedIn(person, null)
      const email = newAddress()
      return { act: sent(withBrowser(browser), entranceNamed('POST /profile'), { form: { intent: 'email', email } }), wrong: async () => [...atLeastOne(await mailsTo(email), 'email_confirm'), ...atLeastOne(await mailsTo(person.email), 'email_dispute')] }
    },
  },
  {
    name: 'confirm another address',
    begin: async () => {
      const person = await personWithPassword()
      const email = newAddress()
      await (await signedIn(person, null)).runAsAccount((account) => requestEmailChange(account, email))
      const act = await posted('/confirm-email/:token', {}, { token: await tokenTo(email, 'email_confirm') })
      return {
        act,
        wrong: async () => {
          const names = await recorded(person)
          return [...once(names, 'core.email.confirmed'), ...once(await recorded(person), 'core.email.changed'), ...(await mustSignIn(email, PASSWORD))]
        },
      }
    },
  },
  {
    name: 'sign out',
    begin: async () => {
      const person = await personWithPassword()
      const browser = await signedIn(person, null)
      return { act: sent(withBrowser(browser), entranceNamed('POST /sign-out'), { form: {} }), wrong: async () => [...sameOrFewer(await recorded(person), 'core.session.closed', 1), ...((await (await guardOf(person)).listSessions(await testClock())).length === 0 ? [] : ['the session lives on'])] }
    },
  },
]

const newAddress = (): string => `nora.${crypto.randomUUID().slice(0, 12)}@people.test`

/** A stranger's browser on a page, about to send its form. */
async function posted(path: string, form: Record<string, string>, params: Record<string, string> = {}): Promise<(stage: Stage) => ReturnType<ReturnType<typeof sent>>> {
  const somewhere = new Somewhere()
  await somewhere.get(path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? ''))
  return sent(withBrowser(somewhere.browser), entranceNamed(`POST ${path}`), { params, form, headers: { 'CF-Connecting-IP': somewhere.ip } })
}

async function mustSignIn(email: string, password: string): Promise<string[]> {
  const refused = await failureOf(signIn(await visitAt(), { email, password }, crypto.randomUUID()))
  return refused === null ? [] : [`signing in is refused: ${refused.code}`]
}

const membersOf = (home: Home): Promise<number> => countOf(home.tenant.id, 'core.member.joined')

async function joinedOnce(home: Home, before: number): Promise<string[]> {
  const joined = (await membersOf(home)) - before
  return joined === 1 ? [] : [`${joined} people joined`]
}

const guardOf = async ({ accountId }: { accountId: string }) => (await reachNow()).guards.of(accountId)

/** A browser that signs in once more, its first answer never having come, ends the session it had. */
async function sessionsWithoutEvents(person: { accountId: string }): Promise<string[]> {
  const [sessions, names] = [await (await guardOf(person)).listSessions(await testClock()), await recorded(person)]
  const [opened = 0, closed = 0] = ['core.session.opened', 'core.session.closed'].map((event) => names.filter((name) => name === event).length)
  return sessions.length >= 1 && sessions.length === opened - closed ? [] : [`${sessions.length} sessions, ${opened} events that opened one, ${closed} that ended one`]
}

const once = (names: readonly string[], name: string): string[] => (names.filter((each) => each === name).length === 1 ? [] : [`${name} was recorded ${names.filter((each) => each === name).length} times`])
const sameOrFewer = (names: readonly string[], name: string, most: number): string[] => (names.filter((each) => each === name).length <= most ? [] : [`${name} was recorded too often`])
const atLeastOne = (mails: readonly { template: string }[], template: string): string[] => (mails.some((mail) => mail.template === template) ? [] : [`no ${template} was queued`])

/** What a person has, seen in a session that holds every factor. */
async function factorsOf({ accountId, now }: Person): ReturnType<typeof listFactors> {
  const browser: Browser = await signedIn({ accountId }, null, { now })
  const { door } = await browser.door(now)
  return listFactors(await door.account({ halfSignedIn: true }))
}

async function tenantsOf(email: string): Promise<{ id: string; state: string }[]> {
  const visit = await visitAt()
  const { results } = await bindings.DIRECTORY.prepare('SELECT t.id, t.state FROM tenants t JOIN account_tenants a ON a.tenant_id = t.id JOIN accounts c ON c.id = a.account_id WHERE c.email_index = ?').bind(await addressIndex(visit, email)).all<{ id: string; state: string }>()
  return results
}
