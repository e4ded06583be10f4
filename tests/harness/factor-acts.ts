import { setTimeout as wait } from 'node:timers/promises'
import { Secret, TOTP } from 'otpauth'
import { newAuthenticator } from '../support/authenticator.ts'
import { confirmed, post, serverNow } from './acts.ts'
import type { Person } from './person.ts'

/** An authenticator that is on: its secret in base32, and the ten recovery codes as they were shown. */
export type Factors = { readonly secret: string; readonly codes: readonly string[] }

const setUp = '/profile/security/authenticator'

/** How long a code may take to arrive on a busy machine. */
const ON_ITS_WAY = 8_000

/** The code that an app would show now, or so many steps of 30 s ahead. */
export const codeAt = (secret: string, now: number, ahead = 0): string => new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: now + ahead * 30_000 })

/** A code of six digits that fits none of the steps about now. */
export function wrongCode(secret: string, now: number, index: number): string {
  const right = [-2, -1, 0, 1, 2, 3].map((ahead) => codeAt(secret, now, ahead))
  const code = String((Number(right[2]) + 1 + index) % 1_000_000).padStart(6, '0')
  return right.includes(code) ? wrongCode(secret, now, index + 7) : code
}

/** Set up an authenticator through the pages. */
export async function withAuthenticator(origin: string, person: Person, password: string): Promise<Factors> {
  await (await confirmed(person, password, () => post(person, setUp, { intent: 'begin' }))).arrayBuffer()
  const page = await (await person.fetch(setUp, { headers: { Accept: 'text/html' } })).text()
  const secret = shown(page).find((text) => /^[A-Z2-7]{32}$/.test(text.replaceAll(' ', '')))?.replaceAll(' ', '')
  if (!secret) throw new Error('the page shows no secret')
  const left = 30_000 - ((await serverNow(origin)) % 30_000)
  if (left < ON_ITS_WAY) await wait(left) // the code of the step before is good until this one ends
  const on = await post(person, setUp, { intent: 'confirm', code: codeAt(secret, await serverNow(origin), -1) })
  return { secret, codes: codesOn(await on.text()) }
}

/** The recovery codes that a page shows. */
export function codesOn(page: string): string[] {
  const codes = [...new Set(page.match(/\b[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}\b/g))]
  if (codes.length !== 10) throw new Error(`the page shows ${codes.length} recovery codes`)
  return codes
}

/** Add a passkey of this name, made by an authenticator in software. */
export async function withPasskey(origin: string, person: Person, name: string, password: string): Promise<void> {
  const offered = await (await confirmed(person, password, () => post(person, '/profile/security/passkey', { intent: 'begin' }))).text()
  const challenge = /challenge\\?",\\?"([\w-]{20,})/.exec(offered)?.[1]
  if (!challenge) throw new Error('the page offers no challenge')
  const answer = await (await newAuthenticator(origin)).register({ challenge, user: { id: '' } })
  const added = await post(person, '/profile/security/passkey', { intent: 'add', name, answer })
  if (added.status >= 400) throw new Error(`the passkey was answered ${added.status}`)
  await added.arrayBuffer()
}

/** The texts that a page shows to be copied. */
const shown = (page: string): string[] => [...page.matchAll(/<code>([^<]*)<\/code>/g)].map(([, text = '']) => text.trim())
