import { expect, test } from 'vitest'
import { newProducer, oregon, submitted, submittedPassport, typed } from '../../../tests/support/producer-scene.ts'
import { asMember, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { holding, stored } from '../../../tests/support/stored.ts'
import { addAppointment } from './add-appointment.ts'
import { addLicence } from './add-licence.ts'
import { changeAppointment } from './change-appointment.ts'
import { changeLicence } from './change-licence.ts'
import { Licence, type Appointment } from './contract.ts'
import { readAppointment } from './read-appointment.ts'
import { readLicence } from './read-licence.ts'
import { readPassport } from './read-passport.ts'
import { removeAppointment } from './remove-appointment.ts'
import { removeLicence } from './remove-licence.ts'

const summit: Appointment = { carrier: 'Summit Mutual', state: 'OR', writingNumber: 'SM-771-Z', appointedOn: '2024-05-01', status: 'active' }

test('a licence is added with state, number, lines and expiry, changed, and taken out, each an entry of its own', async () => {
  const { owner, tenant } = await newProducer()
  const { id, savedN } = await owner.run((ctx) => addLicence(ctx, oregon))
  expect((await owner.run(readPassport)).licences).toEqual([{ id, ...oregon, lapsed: false, savedN: 1 }])
  await owner.run((ctx) => changeLicence(ctx, id, { ...oregon, expiresOn: '2020-02-28', lines: ['life'] }, savedN))
  expect(await owner.run((ctx) => readLicence(ctx, id))).toMatchObject({ lapsed: true, lines: ['life'], savedN: 2 })
  await owner.run((ctx) => removeLicence(ctx, id))
  expect((await owner.run(readPassport)).licences).toEqual([])
  for (const what of ['added', 'changed', 'removed']) expect(await entriesOf(tenant.id, `contracting.licence.${what}`), what).toMatchObject([{ subject: id, meta: {} }])
})

test('the same number in the same state stands once, however it is spelled; in another state it is another licence', async () => {
  const { owner } = await newProducer()
  await owner.run((ctx) => addLicence(ctx, oregon))
  const twin = { ...oregon, number: 'or 7714 qx' }
  expect(await failureOf(owner.run((ctx) => addLicence(ctx, twin)))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/number' }] })
  const washington = await owner.run((ctx) => addLicence(ctx, { ...twin, state: 'WA', resident: false }))
  expect(await failureOf(owner.run((ctx) => changeLicence(ctx, washington.id, twin, 1)))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/number' }] })
})

test('licence and writing numbers lie sealed', async () => {
  const begun = Date.now()
  const { owner } = await newProducer()
  await owner.run((ctx) => addLicence(ctx, oregon))
  await owner.run((ctx) => addAppointment(ctx, summit))
  expect(holding(await stored({ since: begun }), [typed.licence, 'SM-771-Z'])).toEqual([])
})

test('a licence that expires before it was issued, or has no line, is refused', () => {
  const refused = (change: Partial<Licence>) => Licence.safeParse({ ...oregon, ...change }).error?.issues[0]?.path
  expect(refused({ issuedOn: '2026-01-02', expiresOn: '2026-01-01' })).toEqual(['expiresOn'])
  expect(refused({ lines: [] })).toEqual(['lines'])
  expect(refused({ expiresOn: '2026-02-30' })).toEqual(['expiresOn'])
})

test('a change of a licence after a submission begins the next version, and is in it when that is submitted', async () => {
  const producer = await newProducer()
  await submittedPassport(producer)
  const { owner } = producer
  await owner.run((ctx) => addLicence(ctx, { ...oregon, state: 'WA', number: 'WA-1', resident: false }))
  expect((await owner.run(readPassport)).version).toMatchObject({ number: 2, state: 'draft' })
  await owner.run(submitted)
  expect((await owner.run(readPassport)).version?.content.licences.map(({ state }) => state)).toEqual(['OR', 'WA'])
})

test('an appointment is stated, corrected and taken out', async () => {
  const { owner, tenant } = await newProducer()
  const { id } = await owner.run((ctx) => addAppointment(ctx, summit))
  await owner.run((ctx) => changeAppointment(ctx, id, { ...summit, status: 'ended' }, 1))
  expect(await owner.run((ctx) => readAppointment(ctx, id))).toEqual({ id, ...summit, status: 'ended', savedN: 2 })
  await owner.run((ctx) => removeAppointment(ctx, id))
  expect((await owner.run(readPassport)).appointments).toEqual([])
  for (const what of ['added', 'changed', 'removed']) expect(await entriesOf(tenant.id, `contracting.appointment.${what}`), what).toMatchObject([{ subject: id }])
})

test('[CIQ-43] nobody of another tenant reads, changes or removes a licence or an appointment, and cannot tell it from one that never was', async () => {
  const [mine, theirs] = [await newProducer(), await newProducer()]
  const licence = await mine.owner.run((ctx) => addLicence(ctx, oregon))
  const appointment = await mine.owner.run((ctx) => addAppointment(ctx, summit))
  for (const id of [licence.id, 'lic_01aaaaaaaaaaaaaaaaaaaaaaaa'])
    for (const verb of [readLicence, removeLicence, (ctx: Parameters<typeof readLicence>[0]) => changeLicence(ctx, id, oregon, 1)]) expect(await failureOf(theirs.owner.run((ctx) => verb(ctx, id) as Promise<unknown>))).toEqual({ code: 'not_found' })
  for (const id of [appointment.id, 'apt_01aaaaaaaaaaaaaaaaaaaaaaaa'])
    for (const verb of [readAppointment, removeAppointment, (ctx: Parameters<typeof readAppointment>[0]) => changeAppointment(ctx, id, summit, 1)]) expect(await failureOf(theirs.owner.run((ctx) => verb(ctx, id) as Promise<unknown>))).toEqual({ code: 'not_found' })
  expect((await mine.owner.run(readPassport)).licences).toHaveLength(1)
  const member = await asMember(mine.tenant)
  expect(await failureOf(member.run((ctx) => addLicence(ctx, oregon)))).toMatchObject({ code: 'role_required', need: 'passport.write' })
})

test('of two who change one licence at once, one is told', async () => {
  const { owner } = await newProducer()
  const { id } = await owner.run((ctx) => addLicence(ctx, oregon))
  const outcomes = await Promise.all(['life', 'health'].map((line) => failureOf(owner.run((ctx) => changeLicence(ctx, id, { ...oregon, lines: [line as 'life'] }, 1))))) // `as`: both are lines
  expect(outcomes.filter((failure) => failure === null)).toHaveLength(1)
})
