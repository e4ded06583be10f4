import { expect, test } from 'vitest'
import { codeOf, newPerson, Person, recorded } from '../../../tests/support/person-scene.ts'
import { failureOf, reachNow, signedIn } from '../../../tests/support/scene.ts'
import { hashPassword } from './password.ts'
import { proveAgain, waitingTicket } from './prove-again.ts'
import { requireRecent, requireTicket } from './step-up.ts'

const act = { verb: 'core.test', row: 'prd_01h2xcejqtf2nbrexx3vqjhp41' }
const password = 'correct horse battery staple'

async function asked(person: Person): Promise<string> {
  const refused = await failureOf(person.run((ctx) => requireTicket(ctx, act)))
  if (refused?.code !== 'step_up_required' || !refused.ticket) throw new Error('expected to be asked')
  return refused.ticket
}

async function withPassword(): Promise<Person> {
  const { accountId, now } = await newPerson()
  const { guards } = await reachNow()
  await guards.of(accountId).setPassword({ hash: await hashPassword(password, 'scrypt'), proven: null, keep: null, now, events: [] })
  return new Person(await signedIn({ accountId }, null, { now }), accountId, now)
}

test('whoever has only a password confirms with it; a wrong one earns nothing', async () => {
  const ada = await withPassword()
  const ticketId = await asked(ada)
  expect(await ada.run((ctx) => waitingTicket(ctx, ticketId))).toMatchObject({ verb: 'core.test', row: act.row, granted: false })
  const prove = (typed: string) => failureOf(ada.run((ctx) => proveAgain(ctx, { kind: 'password', password: typed }, { ticketId, browser: 'b' })))
  expect(await prove('wrong')).toEqual({ code: 'wrong_credentials' })
  expect(await failureOf(ada.run((ctx) => requireTicket(ctx, act)))).toMatchObject({ code: 'step_up_required' })
  expect(await prove(password)).toBeNull()
  expect(await failureOf(ada.run((ctx) => requireTicket(ctx, act)))).toBeNull()
  expect(await recorded(ada)).toContain('core.step_up.granted')
})

test('once an authenticator is on, the password confirms nothing and the code does', async () => {
  const ada = await withPassword()
  await ada.enrolTotp()
  const ticketId = await asked(ada)
  expect(await failureOf(ada.run((ctx) => proveAgain(ctx, { kind: 'password', password }, { ticketId, browser: 'b' })))).toMatchObject({ code: 'conflict', state: 'second_factor_set_up' })
  await ada.run((ctx) => proveAgain(ctx, { kind: 'totp', code: codeOf(ada.secret, ada.now) }, { ticketId, browser: 'b' }))
  expect(await failureOf(ada.run((ctx) => requireTicket(ctx, act)))).toBeNull()
})

test('a passkey and a recovery code confirm too', async () => {
  const ada = await newPerson()
  const codes = (await ada.addPasskey()) ?? []
  await ada.confirmByPasskey(await asked(ada))
  expect(await failureOf(ada.run((ctx) => requireTicket(ctx, act)))).toBeNull()
  const ticketId = await asked(ada)
  await ada.run((ctx) => proveAgain(ctx, { kind: 'recovery_code', code: codes[0] ?? '' }, { ticketId, browser: 'b' }))
  expect(await failureOf(ada.run((ctx) => requireTicket(ctx, act)))).toBeNull()
})

test('a proof without a ticket opens admin pages for a while', async () => {
  const ada = await newPerson()
  await ada.enrolTotp()
  ada.now += 60 * 60_000
  expect(await failureOf(ada.run((ctx) => Promise.resolve(requireRecent(ctx))))).toMatchObject({ code: 'step_up_required', mode: 'recent' })
  await ada.run((ctx) => proveAgain(ctx, { kind: 'totp', code: codeOf(ada.secret, ada.now) }, { ticketId: null, browser: 'b' }))
  expect(await failureOf(ada.run((ctx) => Promise.resolve(requireRecent(ctx))))).toBeNull()
})

test('a ticket of another session cannot be confirmed', async () => {
  const ada = await newPerson()
  const ticketId = await asked(ada)
  const elsewhere = await signedIn(ada, null, { now: ada.now })
  expect(await failureOf(elsewhere.runAsAccount((ctx) => proveAgain(ctx, { kind: 'password', password }, { ticketId, browser: 'b' }), ada.now))).toMatchObject({ code: 'gone' })
})

test('what somebody typed is in the ticket’s binding and nowhere beside it', async () => {
  const ada = await newPerson()
  const typed = { verb: 'core.test', row: 'name=Zoe Canary' }
  const refused = await failureOf(ada.run((ctx) => requireTicket(ctx, typed)))
  const ticketId = refused?.code === 'step_up_required' ? (refused.ticket ?? '') : ''
  expect(await ada.run((ctx) => waitingTicket(ctx, ticketId))).toMatchObject({ verb: 'core.test', row: null })
  await ada.confirm(ticketId)
  expect(await failureOf(ada.run((ctx) => requireTicket(ctx, { ...typed, row: 'name=Zoe' })))).toMatchObject({ code: 'step_up_required' })
  expect(await failureOf(ada.run((ctx) => requireTicket(ctx, typed)))).toBeNull()
})
