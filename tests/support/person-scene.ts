import { generateSync } from 'otplib'
import type { AccountCtx } from '../../worker/core/ctx.ts'
import { beginTotp, pendingTotp } from '../../worker/core/identity/begin-totp.ts'
import { confirmTotp } from '../../worker/core/identity/confirm-totp.ts'
import { askFactors } from '../../worker/core/identity/factors.ts'
import { addPasskey } from '../../worker/core/identity/add-passkey.ts'
import { beginPasskey, beginProof } from '../../worker/core/identity/begin-passkey.ts'
import { AssertionField, RegistrationField } from '../../worker/core/identity/factor-contract.ts'
import { proveAgain } from '../../worker/core/identity/prove-again.ts'
import { PLATFORM } from '../../worker/core/reach.ts'
import { wake } from '../../worker/wake.ts'
import { newAuthenticator, type Authenticator } from './authenticator.ts'
import { testClock } from './clock.ts'
import { newAccount, type TestTenant } from './new-tenant.ts'
import { type Browser, failureOf, ORIGIN, reachNow, signedIn } from './scene.ts'

/** A code of a second implementation (otplib) for a secret as we show it. */
export const codeOf = (secret: string, now: number): string => generateSync({ secret: secret.replaceAll(' ', ''), epoch: Math.floor(now / 1000) })

/** Somebody signed in, whose moments the test chooses. Each thing proven moves the clock on by a code's life. */
export class Person {
  readonly accountId: string
  readonly browser: Browser
  now: number
  secret = ''
  authenticator: Authenticator | null = null

  constructor(browser: Browser, accountId: string, now: number) {
    this.browser = browser
    this.accountId = accountId
    this.now = now
  }

  /** A verb of this person beside any tenant, through a real door. */
  run<T>(verb: (ctx: AccountCtx) => Promise<T>): Promise<T> {
    return this.browser.runAsAccount(verb, this.now)
  }

  /** A verb that asks for a ticket: refused first, then confirmed with the strongest thing this person has, then run. */
  async confirmed<T>(verb: (ctx: AccountCtx) => Promise<T>): Promise<T> {
    const refused = await failureOf(this.run(verb))
    if (refused?.code !== 'step_up_required' || !refused.ticket) throw new Error(`expected to be asked for a proof, got ${refused?.code ?? 'an answer'}`)
    await this.confirm(refused.ticket)
    return this.run(verb)
  }

  async confirm(ticketId: string): Promise<void> {
    this.now += 30_000
    if (this.secret) await this.run((ctx) => proveAgain(ctx, { kind: 'totp', code: codeOf(this.secret, this.now) }, { ticketId, browser: 'b' }))
    else if (this.authenticator) await this.confirmByPasskey(ticketId)
    else await this.run((ctx) => askFactors(ctx, ctx.accountId, 'usePassword', { grant: { kind: 'exact', sid: ctx.session.sid, ticketId }, now: ctx.now, told: { done: [] } }))
  }

  async confirmByPasskey(ticketId: string): Promise<void> {
    await this.run(async (ctx) => {
      const options = await beginProof(ctx)
      const answer = AssertionField.parse(await this.authenticator?.sign({ challenge: options?.challenge ?? '' }))
      await proveAgain(ctx, { kind: 'passkey', answer }, { ticketId, browser: 'b' })
    })
  }

  /** Turns an authenticator on. Answers with the recovery codes. */
  async enrolTotp(): Promise<string[]> {
    await this.confirmed(beginTotp)
    const setUp = await this.run((ctx) => pendingTotp(ctx, 'ada@example.com'))
    this.secret = setUp?.secret ?? ''
    this.now += 30_000
    const { codes } = await this.run((ctx) => confirmTotp(ctx, codeOf(this.secret, this.now)))
    this.now += 30_000
    return codes ?? []
  }

  /** Adds a passkey of a software authenticator. Answers with the recovery codes, if these are the first. */
  async addPasskey(name = 'Phone'): Promise<string[] | null> {
    const options = await this.confirmed((ctx) => beginPasskey(ctx, 'ada@example.com'))
    const authenticator = await newAuthenticator(ORIGIN)
    const answer = RegistrationField.parse(await authenticator.register(options))
    const { codes } = await this.run((ctx) => addPasskey(ctx, { name, answer }))
    this.authenticator = authenticator
    return codes
  }
}

/** What the deployment's log says of this person, by name, oldest first, once its guard and the directory were drained. */
export async function recorded(person: { accountId: string }): Promise<string[]> {
  const reach = await reachNow()
  const parts = { reach, now: await testClock(), later: (work: () => Promise<unknown>) => void work().catch(() => undefined) }
  await wake(parts, 'drain-guard', `account:${person.accountId}`)
  await wake(parts, 'drain-outbox', PLATFORM) // what the followers of those events committed
  const { entries } = await reach.chain.query(PLATFORM, { subject: person.accountId }, null, 200)
  return entries.map(({ line }) => (JSON.parse(line) as { name: string }).name).toReversed() // `as`: an entry of ours
}

/** The same person at another browser, with the password right and the second factor still owed. */
export class HalfSignedIn {
  readonly #browser: Browser
  constructor(browser: Browser) {
    this.#browser = browser
  }
  async run<T>(verb: (ctx: AccountCtx) => Promise<T>, now: number): Promise<T> {
    const { door, settled } = await this.#browser.door(now)
    try {
      return await verb(await door.account({ halfSignedIn: true }))
    } finally {
      await settled()
    }
  }
  /** Everything else this browser might want. */
  async runFully<T>(verb: (ctx: AccountCtx) => Promise<T>, now: number): Promise<T> {
    return this.#browser.runAsAccount(verb, now)
  }
}

export const halfSignedIn = async (person: Person): Promise<HalfSignedIn> => new HalfSignedIn(await signedIn(person, null, { now: person.now }))

/** Somebody without a tenant. */
export async function newPerson(): Promise<Person> {
  const now = await testClock()
  const { accountId } = await newAccount('Ada')
  return new Person(await signedIn({ accountId }, null, { now }), accountId, now)
}

/** Somebody with a seat in a tenant. */
export async function personOf(tenant: TestTenant, role: 'owner' | 'admin' | 'member' | 'viewer'): Promise<Person> {
  const now = await testClock()
  const { accountId } = await tenant.someone(role)
  return new Person(await signedIn({ accountId }, tenant.id, { now }), accountId, now)
}
