import { beforeAll, expect, test } from 'vitest'
import { upload } from '../../../tests/support/document-scene.ts'
import { newProducer, saved, submittedPassport, typed, wholePassport, type Producer } from '../../../tests/support/producer-scene.ts'
import { asAdmin, asMember, bindings, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { holding, stored } from '../../../tests/support/stored.ts'
import { readPassport } from './read-passport.ts'
import { savePassport } from './save-passport.ts'
import { PassportChange } from './steps/contract.ts'

let maria: Producer
let otto: Producer

beforeAll(async () => {
  maria = await newProducer()
  otto = await newProducer({ name: 'Otto elsewhere' })
})

test('[CIQ-05] a producer saves its passport step by step and finds it again, secrets by their last four digits, an EIN by that it is there', async () => {
  const { identity, tax, addresses, bank, cover, training, employment, background } = wholePassport
  for (const step of [{ identity }, { tax: { ...tax, ein: '521234567', forget: [] } }, { addresses }, { bank }, { cover, training }, { employment, background }]) await maria.owner.run((ctx) => saved(ctx, step))
  const found = await maria.owner.run(readPassport)
  expect(found).toMatchObject({ state: 'draft', version: { number: 1, state: 'draft', contact: { name: { first: 'Maria', last: 'Alvarez' }, bornOn: '1984-02-29' }, content: { employment, background, coverPolicyNumber: 'LC-44-1029' } } })
  expect(found.version?.secrets).toMatchObject({ ssn: { shown: '•••-••-9999' }, ein: { shown: 'on file' }, routing: { shown: '•••••0021' }, account: { shown: '••••6554' } })
  expect(found.version?.summary).toMatchObject({ kind: 'individual', npn: typed.npn, coverExpiresOn: '2031-05-01', amlOn: '2026-03-02', hasEin: true })
  expect(JSON.stringify(found)).not.toMatch(/219099999|521234567|021000021|99887766554/)
  expect(await otto.owner.run(readPassport)).toMatchObject({ state: 'none', version: null, licences: [] })
})

test('[CIQ-20][CIQ-21][CIQ-22][CIQ-27] of the SSN, the bank numbers and the EIN nothing lies in clear in any database or bucket but four digits of the first three', async () => {
  const begun = Date.now()
  const places = await stored({ since: begun })
  for (const value of ['219099999', '219-09-9999', '521234567', '52-1234567', typed.routing, typed.account]) expect(holding(places, [value]), value).toEqual([])
  const shard = bindings[maria.tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  const row = await shard.prepare('SELECT * FROM passport_versions WHERE tenant_id = ?').bind(maria.tenant.id).first<Record<string, unknown>>()
  expect(Object.entries(row ?? {}).filter(([name]) => name.endsWith('_last4'))).toEqual([['ssn_last4', '9999'], ['routing_last4', '0021'], ['account_last4', '6554']])
  expect(Object.keys(row ?? {}).filter((name) => /^(ein|tin)_/.test(name))).toEqual(['ein_id'])
  expect(places.some(({ place, text }) => /^SHARD_\d\.passport_secrets$/.test(place) && text.includes(maria.tenant.id))).toBe(true)
})

test('a value that is typed anew takes the old one’s place; one that is left out stays, and one that is to be forgotten goes', async () => {
  const { owner, tenant } = await newProducer()
  await owner.run((ctx) => saved(ctx, wholePassport))
  const first = (await owner.run(readPassport)).version?.secrets
  await owner.run((ctx) => saved(ctx, { bank: { accountType: 'savings', voidedCheque: null } }))
  await owner.run((ctx) => saved(ctx, { tax: { ssn: '078051121', ein: '521234567', forget: [] } }))
  const second = await owner.run(readPassport)
  expect(second.version?.secrets).toMatchObject({ ssn: { shown: '•••-••-1121' }, account: { id: first?.account?.id } })
  expect(second.version?.summary.accountType).toBe('savings')
  await owner.run((ctx) => saved(ctx, { tax: { forget: ['ssn'] } }))
  expect((await owner.run(readPassport)).version?.secrets).toMatchObject({ ssn: null, ein: { shown: 'on file' } })
  const { results } = await bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'].prepare('SELECT field FROM passport_secrets WHERE tenant_id = ? ORDER BY field').bind(tenant.id).all() // `as`: there are two
  expect(results.map(({ field }) => field)).toEqual(['account', 'ein', 'routing'])
})

test('[CIQ-06] a submitted version stays as it was, by hand too: the next save begins the next version, which carries the secrets on', async () => {
  const producer = await newProducer()
  const { versionId } = await submittedPassport(producer)
  await producer.owner.run((ctx) => saved(ctx, { cover: { coverCarrier: 'Beacon Mutual', coverPolicyNumber: null, coverExpiresOn: '2032-01-01' } }))
  const next = await producer.owner.run(readPassport)
  expect(next).toMatchObject({ state: 'submitted', version: { number: 2, state: 'draft', secrets: { ssn: { shown: '•••-••-9999' } } } })
  const shard = bindings[producer.tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  for (const change of ["npn = '1'", 'saved_n = 9', "contact = ''", "state = 'draft'"])
    await expect(shard.prepare(`UPDATE passport_versions SET ${change} WHERE tenant_id = ? AND id = ?`).bind(producer.tenant.id, versionId).run()).rejects.toThrow('append_only')
  await expect(shard.prepare("UPDATE passport_secrets SET secret = '' WHERE tenant_id = ?").bind(producer.tenant.id).run()).rejects.toThrow('append_only')
})

test('of two windows that save at once one is told that it changed meanwhile, and loses nothing of the other', async () => {
  const { owner } = await newProducer()
  await owner.run((ctx) => saved(ctx, { identity: wholePassport.identity }))
  const { tag } = await owner.run(readPassport)
  const outcomes = await Promise.all([{ cover: wholePassport.cover }, { training: wholePassport.training }].map((step) => failureOf(owner.run((ctx) => savePassport(ctx, step, tag)))))
  expect(outcomes.filter((failure) => failure === null)).toHaveLength(1)
  expect(outcomes.find((failure) => failure !== null)?.code).toMatch(/^(precondition_failed|conflict)$/)
  expect(await failureOf(owner.run((ctx) => savePassport(ctx, { training: wholePassport.training }, tag)))).toMatchObject({ code: 'precondition_failed' })
})

test('two windows that begin a passport at once begin one', async () => {
  const { owner } = await newProducer()
  const outcomes = await Promise.all([1, 2].map(() => failureOf(owner.run((ctx) => savePassport(ctx, { identity: wholePassport.identity }, '0.0')))))
  expect(outcomes.filter((failure) => failure === null)).toHaveLength(1)
  expect((await owner.run(readPassport)).version?.number).toBe(1)
})

test('a digit that is wrong is found before anything is kept: in an SSN, an EIN, a routing number, an account number and a producer number', () => {
  const refused = (change: unknown) => PassportChange.safeParse(change).error?.issues.map(({ path, message }) => [path.join('/'), message])
  const bank = { accountType: 'checking', voidedCheque: null }
  expect(PassportChange.safeParse({ bank: { ...bank, routing: '0210-0002 1', account: '12345' } }).success).toBe(true)
  // Of four digits all would be shown.
  expect(refused({ bank: { ...bank, routing: '021000021', account: '1234' } })).toEqual([['bank/account', expect.stringContaining('Between 5 and 17')]])
  expect(refused({ bank: { ...bank, routing: '021000022', account: '12345' } })).toEqual([['bank/routing', expect.stringContaining('do not belong together')]])
  expect(refused({ bank: { ...bank, routing: '021000021' } })).toEqual([['bank/account', expect.stringContaining('belong together')]])
  expect(refused({ bank: { ...bank, routing: '021000021', account: '12' } })?.[0]?.[0]).toBe('bank/account')
  for (const ssn of ['000-12-3456', '666-12-3456', '900-12-3456', '123-00-4567', '123-45-0000', '12345678']) expect(refused({ tax: { ssn } })?.[0]?.[0], ssn).toBe('tax/ssn')
  for (const ein of ['07-1234567', '00-1234567', '1234567']) expect(refused({ tax: { ein } })?.[0]?.[0], ein).toBe('tax/ein')
  expect(refused({ identity: { ...wholePassport.identity, npn: '0123' } })?.[0]?.[0]).toBe('identity/npn')
  expect(refused({ background: [{ question: 'convicted', answer: true, explanation: null, documents: [] }] })?.[0]).toEqual(['background/0/explanation', expect.stringContaining('Explain')])
  expect(refused({})).toHaveLength(1)
})

test('a step may name a document of the producer’s own and no other’s', async () => {
  const [own, foreign] = [await upload(maria.owner), await upload(otto.owner)]
  const bank = { accountType: 'checking' as const }
  await maria.owner.run((ctx) => saved(ctx, { bank: { ...bank, voidedCheque: own.id } }))
  expect(await failureOf(maria.owner.run((ctx) => saved(ctx, { bank: { ...bank, voidedCheque: foreign.id } })))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/bank/voidedCheque' }] })
})

test('an assistant fills the passport in, a colleague only looks, and the entry names steps but nothing typed', async () => {
  const [admin, member] = [await asAdmin(maria.tenant), await asMember(maria.tenant)]
  await admin.run((ctx) => saved(ctx, { training: wholePassport.training }))
  expect((await member.run(readPassport)).may).toEqual({ write: false, submit: false, reveal: false })
  expect(await failureOf(member.run((ctx) => saved(ctx, { training: wholePassport.training })))).toMatchObject({ code: 'role_required', need: 'passport.write' })
  const entries = await entriesOf(maria.tenant.id, 'contracting.passport.saved')
  expect(entries.at(-1)).toMatchObject({ meta: { version: 1, steps: 'training' } })
  expect(JSON.stringify(entries)).not.toMatch(/Alvarez|9999|2026-03-02/)
})
