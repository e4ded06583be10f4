import type { Visit } from '../../worker/core/ctx.ts'
import { randomToken } from '../../worker/core/cookies.ts'
import { Door } from '../../worker/core/door.ts'
import { Fault } from '../../worker/core/failure.ts'
import { newId } from '../../worker/core/id.ts'
import { addressIndex } from '../../worker/core/identity/address.ts'
import { sealContact } from '../../worker/core/identity/contact.ts'
import { accountCreated } from '../../worker/core/identity/events.ts'
import { identityMails } from '../../worker/core/identity/mails.ts'
import { hashPassword } from '../../worker/core/identity/password.ts'
import { accountByEmail, insertAccount } from '../../worker/core/identity/store.ts'
import { ensurePlatform } from '../../worker/core/tenancy/create-tenant.ts'
import { platformLetter } from '../../worker/core/delivery/module.ts'
import type { Sealed } from '../../worker/core/vault/sealed.ts'
import { CHEAP } from './cheap-hashes.ts'
import { testClock } from './clock.ts'
import { platform } from './new-tenant.ts'
import { bindings, drained, ORIGIN, reachNow } from './scene.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The password of everybody in these tests; hashed once, and cheaply. */
export const PASSWORD = 'violet tram over gravel'
const hashes = { scrypt: null as Promise<string> | null, bcrypt12: null as Promise<string> | null }
export const passwordHash = (hashing: 'scrypt' | 'bcrypt12' = 'scrypt'): Promise<string> => (hashes[hashing] ??= hashPassword(PASSWORD, hashing, CHEAP))

export type Person = { readonly accountId: string; readonly name: string; readonly email: string }

/** What a request from somewhere has, at a moment of the test's choosing. The deployment's log is sealed first, so that a leap in time does not look like a log that lags. */
export async function visitAt(from: { now?: number; ip?: string; userAgent?: string } = {}): Promise<Visit> {
  const reach = await reachNow()
  await ensurePlatform(reach.keyring)
  await drained(platform)
  const request = new Request(`${ORIGIN}/`, { headers: { 'CF-Connecting-IP': from.ip ?? freshIp(), 'User-Agent': from.userAgent ?? 'a test' } })
  return new Door({ request, reach, now: from.now ?? (await testClock()), later: (work) => void work().catch(() => undefined), wakeDrain: () => Promise.resolve() }).visit()
}

/** The same visit while the deployment's log lags: its directory refuses what is not urgent, as its trigger does. */
export const whileLogLags = <V extends Visit>(visit: V): V => ({
  ...visit,
  commitDirectory: async (writes, events, actor) => {
    if ([events].flat().some(({ urgent }) => !urgent)) throw new Fault({ code: 'audit_lagging' })
    return visit.commitDirectory(writes, events, actor)
  },
})

/** The same visit when the machine is lost after the guard has answered: the directory takes nothing. */
export const cutOff = <V extends Visit>(visit: V): V => ({ ...visit, commitDirectory: () => Promise.reject(new Error('cut off')) })

/** An address nobody in this run has used: tests share the counters. */
export const freshIp = (): string => `2001:db8:${[0, 1, 2].map(() => Math.floor(Math.random() * 65_536).toString(16)).join(':')}::1`

/** A person with an account and a password, and no tenant yet. */
export async function personWithPassword(options: { name?: string; email?: string; hashing?: 'scrypt' | 'bcrypt12'; now?: number } = {}): Promise<Person> {
  const visit = await visitAt(options.now === undefined ? {} : { now: options.now })
  const accountId = newId('acc', visit.now)
  const person = { accountId, name: options.name ?? 'Paula Person', email: options.email ?? `paula.${accountId.slice(-12)}@people.test` }
  const contact = await sealContact(visit, accountId, { name: person.name, email: person.email })
  const emailIndex = await addressIndex(visit, person.email)
  await visit.commitDirectory([insertAccount(visit.directory, { id: accountId, emailIndex, contact: contact.sealed, sealVersion: contact.sealVersion, createdAt: visit.now })], accountCreated(accountId, { via: 'operator' }))
  const guard = visit.reach.guards.of(accountId)
  await guard.setContact({ sealed: contact.sealed, sealVersion: contact.sealVersion })
  await guard.setPassword({ hash: await passwordHash(options.hashing), proven: null, keep: null, now: visit.now, events: [] })
  return person
}

export type QueuedMail = { readonly template: string; readonly to: string; readonly params: Record<string, string | number> }

/** Sees to it that what followed from the guard's changes of whoever has this address, or had it, is done. */
async function followed(visit: Visit, email: string): Promise<void> {
  const row = await visit.directory.read(accountByEmail(visit.directory, await addressIndex(visit, email)))
  if (row) await drained(`account:${row.id}`)
}

/** The deployment's mails to somebody, oldest first, opened. */
export async function mailsTo(email: string): Promise<QueuedMail[]> {
  const visit = await visitAt()
  await followed(visit, email)
  const { results } = await bindings.DIRECTORY.prepare('SELECT id, template, content, seal_version FROM platform_deliveries ORDER BY id').all<{ id: string; template: string; content: string; seal_version: number }>()
  const mails = await Promise.all(
    results.map(async ({ id, template, content, seal_version }) => ({
      template,
      ...(await visit.platformVault.open<{ to: string; params: Record<string, string | number> }>(platformLetter, id, { sealed: content as Sealed, sealVersion: seal_version })), // `as`: read back as it was written
    })),
  )
  return mails.filter((mail) => mail.to === email)
}

/** Rows of the platform's log of sign-ins about one address: their kinds, oldest first. */
export async function authLogOf(email: string): Promise<string[]> {
  const visit = await visitAt()
  await followed(visit, email)
  const address = await addressIndex(visit, email)
  const { results } = await bindings.DIRECTORY.prepare('SELECT kind FROM platform_auth_log WHERE account_index = ? ORDER BY at, id').bind(address).all<{ kind: string }>()
  return results.map(({ kind }) => kind)
}

/** The link in the newest mail of a kind to somebody: minted as the sender mints it. Fails where there is no such mail. */
export async function linkTo(email: string, template: string, now?: number): Promise<string> {
  const mail = (await mailsTo(email)).findLast((each) => each.template === template)
  const declared = identityMails.find(({ name }) => name === template)
  if (!mail || !declared) throw new Error(`no ${template} for ${email}`)
  const visit = await visitAt(now === undefined ? {} : { now })
  const letter = await declared.compose({ visit, ctx: null, deliveryId: 'dlv', token: randomToken(32), link: (path) => `${ORIGIN}${path}` }, mail.params)
  const href = letter?.action?.href
  if (!href) throw new Error(`${template} has no link`)
  return href.slice(ORIGIN.length)
}

/** The token at the end of such a link. */
export const tokenTo = async (email: string, template: string, now?: number): Promise<string> => (await linkTo(email, template, now)).split('/').at(-1) ?? ''
