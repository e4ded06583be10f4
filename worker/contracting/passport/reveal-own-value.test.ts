import { expect, test } from 'vitest'
import { newProducer, saved, submittedPassport, typed, wholePassport } from '../../../tests/support/producer-scene.ts'
import { asAdmin, asOwner, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { waitingTicket } from '../../core/identity/prove-again.ts'
import { grantReveal } from '../../core/vault/reveal-grant.ts'
import { ownReveal } from './module.ts'
import { openSnapshot } from './open-snapshot.ts'
import { readPassport } from './read-passport.ts'
import { revealOwnValue } from './reveal-own-value.ts'

/** SpartanOS’s preset is the one whose policy lets an owner see a value with a reason. */
const reasoned = { preset: 'spartan' } as const
const reason = 'Checking a form of my own'

test('[CIQ-27] under a policy of never no full value is shown to anybody: it is corrected by typing it anew', async () => {
  const producer = await newProducer()
  await producer.owner.run((ctx) => saved(ctx, wholePassport))
  const passport = await producer.owner.run(readPassport)
  expect(passport.may.reveal).toBe(false)
  const secretId = passport.version?.secrets.ssn?.id ?? ''
  expect(await failureOf(producer.owner.run((ctx) => revealOwnValue(ctx, { secretId, reason })))).toMatchObject({ code: 'conflict', state: 'reveal_never' })
  expect(await entriesOf(producer.tenant.id, 'contracting.sensitive.revealed')).toEqual([])
})

test('a proof opens the very value it was given for: another field, another row or another reason asks anew, and it serves once', async () => {
  const producer = await newProducer(reasoned)
  const { owner, tenant } = producer
  await owner.run((ctx) => saved(ctx, wholePassport))
  const secrets = (await owner.run(readPassport)).version?.secrets
  const [ssn, account] = [secrets?.ssn?.id ?? '', secrets?.account?.id ?? '']
  const asked = await failureOf(owner.run((ctx) => revealOwnValue(ctx, { secretId: ssn, reason })))
  if (asked?.code !== 'step_up_required' || !asked.ticket) throw new Error('no proof was asked for')
  expect(asked).toMatchObject({ mode: 'exact' })
  expect(await owner.runAsAccount((account) => waitingTicket(account, asked.ticket ?? ''))).toMatchObject({ verb: 'passport.reveal', row: ssn, field: 'ssn' })
  await owner.confirm(asked.ticket)
  for (const other of [{ secretId: account, reason }, { secretId: ssn, reason: 'Another one' }]) expect(await failureOf(owner.run((ctx) => revealOwnValue(ctx, other)))).toMatchObject({ code: 'step_up_required' })
  expect(await owner.run((ctx) => revealOwnValue(ctx, { secretId: ssn, reason }))).toEqual({ field: 'ssn', value: '219099999' })
  expect(await failureOf(owner.run((ctx) => revealOwnValue(ctx, { secretId: ssn, reason })))).toMatchObject({ code: 'step_up_required' })
  const entries = await entriesOf(tenant.id, 'contracting.sensitive.revealed')
  expect(entries).toMatchObject([{ subject: ssn, actor: { id: tenant.owner.accountId }, meta: { field: 'ssn' } }])
  expect(JSON.stringify(entries)).not.toMatch(/219099999|Checking/)
})

test('neither an assistant nor the owner of another tenant is shown a value, and that one cannot tell it from one that never was', async () => {
  const [mine, theirs] = [await newProducer(reasoned), await newProducer(reasoned)]
  await mine.owner.run((ctx) => saved(ctx, wholePassport))
  const secretId = (await mine.owner.run(readPassport)).version?.secrets.ssn?.id ?? ''
  expect(await failureOf((await asAdmin(mine.tenant)).run((ctx) => revealOwnValue(ctx, { secretId, reason })))).toMatchObject({ code: 'role_required', need: 'passport.reveal' })
  for (const id of [secretId, 'psc_01aaaaaaaaaaaaaaaaaaaaaaaa']) expect(await failureOf(theirs.owner.run((ctx) => revealOwnValue(ctx, { secretId: id, reason })))).toEqual({ code: 'not_found' })
})

test('an account opens ten full values a day and no more', async () => {
  const producer = await newProducer(reasoned)
  await producer.owner.run((ctx) => saved(ctx, wholePassport))
  const secretId = (await producer.owner.run(readPassport)).version?.secrets.account?.id ?? ''
  const owner = await asOwner(producer.tenant)
  for (let n = 0; n < 10; n += 1) expect((await owner.runConfirmed((ctx) => revealOwnValue(ctx, { secretId, reason: `Try ${n} of many` }))).value).toBe(typed.account)
  expect(await failureOf(owner.runConfirmed((ctx) => revealOwnValue(ctx, { secretId, reason: 'One more' })))).toMatchObject({ code: 'rate_limited' })
})

test('a submitted version is opened whole by a job that brings a grant; a draft and another tenant’s version are nowhere', async () => {
  const [mine, theirs] = [await newProducer(), await newProducer()]
  const { versionId } = await submittedPassport(mine)
  const grant = grantReveal(ownReveal)
  const snapshot = await mine.tenant.asJob((ctx) => openSnapshot(ctx, versionId, grant))
  expect(snapshot.parts.secret).toEqual({ ssn: '219099999', ein: null, routing: typed.routing, account: typed.account })
  expect(snapshot.parts.content.licences).toMatchObject([{ number: typed.licence }])
  expect(await failureOf(theirs.tenant.asJob((ctx) => openSnapshot(ctx, versionId, grant)))).toEqual({ code: 'not_found' })
  await mine.owner.run((ctx) => saved(ctx, { training: wholePassport.training }))
  const draft = (await mine.owner.run(readPassport)).version?.id ?? ''
  expect(await failureOf(mine.tenant.asJob((ctx) => openSnapshot(ctx, draft, grant)))).toEqual({ code: 'not_found' })
  const others = grantReveal({ ...ownReveal, field: 'contracting.other' })
  expect(await failureOf(mine.tenant.asJob((ctx) => openSnapshot(ctx, versionId, others)))).toMatchObject({ reason: 'class_refused' })
})
