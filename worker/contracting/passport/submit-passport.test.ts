import { expect, test } from 'vitest'
import { newProducer, oregon, saved, submitted, submittedPassport, wholePassport } from '../../../tests/support/producer-scene.ts'
import { asAdmin, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { changeLicence } from './change-licence.ts'
import { listPassportVersions } from './list-passport-versions.ts'
import { readPassport } from './read-passport.ts'
import { readPassportVersion } from './read-passport-version.ts'
import { submitPassport } from './submit-passport.ts'

test('[CIQ-06][CIQ-56] a passport goes from draft to submitted to updated, its version rises, and each submission is exactly one entry with its actor and nothing typed', async () => {
  const producer = await newProducer()
  const { owner, tenant } = producer
  const first = await submittedPassport(producer)
  expect(await owner.run(readPassport)).toMatchObject({ state: 'submitted', version: { number: 1, state: 'submitted' } })
  await owner.run((ctx) => saved(ctx, { tax: { ssn: '078051121', forget: [] } }))
  expect(await owner.run(readPassport)).toMatchObject({ state: 'submitted', version: { number: 2, state: 'draft' } })
  const second = await owner.run(submitted)
  expect(await owner.run(readPassport)).toMatchObject({ state: 'updated', version: { number: 2, state: 'submitted' } })

  const [submissions, updates] = [await entriesOf(tenant.id, 'contracting.passport.submitted'), await entriesOf(tenant.id, 'contracting.passport.updated')]
  expect(submissions).toMatchObject([{ actor: { kind: 'member', id: tenant.owner.accountId }, meta: { version: 1, version_id: first.versionId } }])
  expect(updates).toMatchObject([{ actor: { id: tenant.owner.accountId }, subject: submissions[0]?.subject, meta: { version: 2, version_id: second.versionId } }])
  expect(JSON.stringify([submissions, updates])).not.toMatch(/219099999|078051121|9999|1121|Alvarez/)
})

test('every version is kept: the first still says what it was submitted with, licences included, and no other tenant finds it', async () => {
  const [producer, other] = [await newProducer(), await newProducer()]
  const { owner } = producer
  const { versionId } = await submittedPassport(producer)
  const [licence] = (await owner.run(readPassport)).licences
  await owner.run((ctx) => changeLicence(ctx, licence?.id ?? '', { ...oregon, status: 'inactive' }, licence?.savedN ?? 0))
  await owner.run((ctx) => saved(ctx, { tax: { ssn: '078051121', forget: [] }, training: { amlOn: '2026-09-09', ceDueOn: null } }))
  await owner.run(submitted)
  const kept = await owner.run((ctx) => readPassportVersion(ctx, versionId))
  expect(kept).toMatchObject({ number: 1, secrets: { ssn: { shown: '•••-••-9999' } }, summary: { amlOn: '2026-03-02' }, content: { licences: [{ state: 'OR', number: oregon.number, status: 'active' }] } })
  const { versions, next } = await owner.run((ctx) => listPassportVersions(ctx, { limit: 1 }))
  expect(versions.map(({ number, state }) => [number, state])).toEqual([[2, 'submitted']])
  expect((await owner.run((ctx) => listPassportVersions(ctx, { cursor: next ?? '', limit: 5 }))).versions.map(({ number }) => number)).toEqual([1])
  expect(await failureOf(other.owner.run((ctx) => readPassportVersion(ctx, versionId)))).toEqual(await failureOf(other.owner.run((ctx) => readPassportVersion(ctx, 'pve_01aaaaaaaaaaaaaaaaaaaaaaaa'))))
  expect(await failureOf(other.owner.run((ctx) => listPassportVersions(ctx, { cursor: next ?? '', limit: 5 })))).toMatchObject({ code: 'invalid' })
})

test('what is missing is named part by part, and a half-filled passport is not submitted', async () => {
  const { owner } = await newProducer()
  expect(await failureOf(owner.run(submitted))).toMatchObject({ code: 'conflict', state: 'nothing_to_submit' })
  const { name: _, ...rest } = wholePassport.identity!
  await owner.run((ctx) => saved(ctx, { identity: { ...rest, name: { first: 'Maria', middle: null, last: null, suffix: null } }, addresses: wholePassport.addresses }))
  expect(await owner.run(readPassport)).toMatchObject({ missingToSubmit: ['identity', 'tax', 'background'] })
  expect(await failureOf(owner.run(submitted))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/identity' }, { pointer: '/tax' }, { pointer: '/background' }] })
})

test('a business is submitted with its EIN alone, and a person with an EIN in place of an SSN', async () => {
  for (const kind of ['business', 'individual'] as const) {
    const producer = await newProducer()
    const address = { line1: '1 Pier', line2: null, city: 'Astoria', state: 'OR' as const, zip: '97103' }
    const change = { ...wholePassport, identity: { ...wholePassport.identity!, kind, businessName: 'Alvarez & Daughters LLC' }, tax: { ein: '521234567', forget: [] }, addresses: { residential: address, mailing: null, business: address } }
    expect(await submittedPassport(producer, change)).toMatchObject({ number: 1 })
    expect((await producer.owner.run(readPassport)).version?.secrets).toMatchObject({ ssn: null, ein: { shown: 'on file' } })
  }
})

test('nothing is submitted twice, nothing that changed since it was shown, and not by an assistant', async () => {
  const producer = await newProducer()
  const { owner, tenant } = producer
  await owner.run((ctx) => saved(ctx, wholePassport))
  const { tag } = await owner.run(readPassport)
  await owner.run((ctx) => saved(ctx, { training: wholePassport.training }))
  expect(await failureOf(owner.run((ctx) => submitPassport(ctx, tag)))).toMatchObject({ code: 'precondition_failed' })
  expect(await failureOf((await asAdmin(tenant)).run(submitted))).toMatchObject({ code: 'role_required', need: 'passport.submit' })
  const now = (await owner.run(readPassport)).tag
  const outcomes = await Promise.all([1, 2, 3].map(() => failureOf(owner.run((ctx) => submitPassport(ctx, now)))))
  expect(outcomes.filter((failure) => failure === null)).toHaveLength(1)
  expect(await failureOf(owner.run(submitted))).toMatchObject({ code: 'conflict', state: 'nothing_to_submit' })
})
