import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import type { Quirks } from '../../../tests/support/authenticator.ts'
import { newPerson, type Person, recorded } from '../../../tests/support/person-scene.ts'
import { asStranger, failureOf } from '../../../tests/support/scene.ts'
import type { Visit } from '../ctx.ts'
import { beginPasskeySignIn } from './begin-passkey.ts'
import { AssertionField } from './factor-contract.ts'
import { passkeySignIn } from './passkey-sign-in.ts'
import { removePasskey } from './remove-passkey.ts'

const visitor = 'a signed-out browser'

/** A visit of somebody signed out, at this person's moment. */
const visitAt = async (now: number): Promise<Visit> => (await asStranger().door(now)).door.visit()

/** What the authenticator of a person answers to a challenge for `visitor`. */
async function answered(person: Person, quirks: Quirks = {}) {
  const { challenge } = await beginPasskeySignIn(await visitAt(person.now), visitor)
  return AssertionField.parse(await person.authenticator?.sign({ challenge }, quirks))
}

test('a passkey alone signs its person in, with both factors proven', async () => {
  const ada = await newPerson()
  await ada.addPasskey()
  const answer = await answered(ada)
  const session = await passkeySignIn(await visitAt(ada.now), { answer, visitor, browser: 'b' })
  expect(session.accountId).toBe(ada.accountId)
  const { guards } = (await visitAt(ada.now)).reach
  expect((await guards.of(ada.accountId).listSessions(ada.now)).find(({ sid }) => sid === session.sid)).toMatchObject({ mfaAt: ada.now })
  expect(await recorded(ada)).toContain('core.session.opened')
})

test('one answer sent 200 times at once opens exactly one session', async () => {
  const ada = await newPerson()
  await ada.addPasskey()
  const answer = await answered(ada)
  const visit = await visitAt(ada.now)
  const many = await Promise.all(Array.from({ length: 200 }, () => failureOf(passkeySignIn(visit, { answer, visitor, browser: 'b' }))))
  expect(many.filter((failure) => failure === null)).toHaveLength(1)
}, 60_000)

test('made for another browser, another site, without its person, by a copied key or too late: refused alike', async () => {
  const ada = await newPerson()
  await ada.addPasskey()
  const attempt = async (quirks: Quirks, from = visitor, later = 0) => {
    const answer = await answered(ada, quirks)
    return failureOf(passkeySignIn(await visitAt(ada.now + later), { answer, visitor: from, browser: 'b' }))
  }
  const refused = { code: 'wrong_credentials' }
  expect(await attempt({}, 'another browser')).toEqual(refused)
  expect(await attempt({ origin: 'https://evil.example' })).toEqual(refused)
  expect(await attempt({ rpId: 'evil.example' })).toEqual(refused)
  expect(await attempt({ userVerified: false })).toEqual(refused)
  expect(await attempt({ counter: 1 })).toEqual(refused)
  expect(await attempt({}, visitor, 5 * 60_000 + 1)).toEqual(refused)
  expect(await attempt({})).toBeNull()
})

test('a user handle that we did not sign names nobody, and no guard is asked', async () => {
  const [ada, eve] = [await newPerson(), await newPerson()]
  await ada.addPasskey()
  await eve.addPasskey()
  const forged = Buffer.concat([Buffer.alloc(33), Buffer.from(ada.accountId.slice(4))]).toString('base64url')
  for (const handle of [forged, '', 'AA']) {
    const answer = AssertionField.safeParse(await eve.authenticator?.sign({ challenge: (await beginPasskeySignIn(await visitAt(eve.now), visitor)).challenge }, { handle: handle || 'A' }))
    if (answer.success) expect(await failureOf(passkeySignIn(await visitAt(eve.now), { answer: answer.data, visitor, browser: 'b' }))).toEqual({ code: 'wrong_credentials' })
  }
})

test('a passkey that was removed signs nobody in', async () => {
  const ada = await newPerson()
  await ada.addPasskey()
  const answer = await answered(ada)
  await ada.confirmed((ctx) => removePasskey(ctx, answer.id))
  expect(await failureOf(passkeySignIn(await visitAt(ada.now), { answer, visitor, browser: 'b' }))).toEqual({ code: 'wrong_credentials' })
})
