import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { newFmo } from '../../../tests/support/link-scene.ts'
import { asAdmin, asMember, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { importProducers } from './import-producers.ts'
import { inviteProducer } from './invite-producer.ts'
import { listProducerInvitations } from './list-producer-invitations.ts'

const file = ['Name,E-mail', 'Maria Alvarez,maria@people.test', 'No Address,not-an-address', ',nameless@people.test', '"Aziz, Noor",noor@people.test', 'Maria Again,MARIA@people.test', 'Known Already,known@people.test', '=cmd|calc,formula'].join('\n')

test('[CIQ-14] a dry run says of every line what would come of it and sends nothing; then the good lines are invited, and the others come back with the reason', async () => {
  const [fmo, other] = [await newFmo(), await newFmo('Anchor FMO')]
  const admin = await asAdmin(fmo)
  await admin.run((ctx) => inviteProducer(ctx, { name: 'Known', email: 'known@people.test' }))
  const dry = await admin.run((ctx) => importProducers(ctx, { csv: file, dryRun: true }))
  expect([dry.accepted, dry.refused]).toEqual([2, 5])
  expect((await admin.run((ctx) => listProducerInvitations(ctx, { limit: 100 }))).invitations).toHaveLength(1)
  const done = await admin.run((ctx) => importProducers(ctx, { csv: file, dryRun: false }))
  expect(done.rows.map(({ line, problem }) => [line, problem])).toEqual([
    [2, null], [3, 'That does not look like an e-mail address.'], [4, 'Tell us your name.'], [5, null], [6, 'This address stands further up.'], [7, 'This address has an open invitation.'], [8, 'That does not look like an e-mail address.'],
  ])
  expect((await admin.run((ctx) => listProducerInvitations(ctx, { limit: 100 }))).invitations.map(({ name }) => name).sort()).toEqual(['Aziz, Noor', 'Known', 'Maria Alvarez'])
  expect(await entriesOf(fmo.id, 'contracting.invitation.sent')).toHaveLength(3)
  expect((await (await asAdmin(other)).run((ctx) => listProducerInvitations(ctx, { limit: 100 }))).invitations).toEqual([])

  const mended = Papa.parse<{ name: string; email: string; problem: string }>(done.errors ?? '', { header: true, skipEmptyLines: true }).data
  expect(mended.map(({ email }) => email)).toEqual(['not-an-address', 'nameless@people.test', 'MARIA@people.test', 'known@people.test', 'formula'])
  expect(mended.at(-1)?.name).toBe("'=cmd|calc") // a spreadsheet must not run what somebody typed
})

test('the same file sent twice invites nobody twice', async () => {
  const admin = await asAdmin(await newFmo())
  const csv = 'name,email\nMaria,m@people.test\nNoor,n@people.test\n'
  expect(await admin.run((ctx) => importProducers(ctx, { csv, dryRun: false }))).toMatchObject({ accepted: 2, refused: 0, errors: null })
  expect(await admin.run((ctx) => importProducers(ctx, { csv, dryRun: false }))).toMatchObject({ accepted: 0, refused: 2 })
})

test('a hundred and twenty lines go in three batches, each line once', async () => {
  const fmo = await newFmo()
  const csv = ['name,email', ...Array.from({ length: 120 }, (_, n) => `Producer ${n},p${n}@people.test`)].join('\r\n')
  expect(await fmo.asJob((ctx) => importProducers(ctx, { csv, dryRun: false }))).toMatchObject({ accepted: 120, refused: 0 })
  expect(await fmo.asJob(async (ctx) => new Set((await listProducerInvitations(ctx, { limit: 200 })).invitations.map(({ email }) => email)).size)).toBe(120)
})

test('a file without the columns, without lines, or of more than two hundred lines is refused whole; a member imports nothing', async () => {
  const fmo = await newFmo()
  const admin = await asAdmin(fmo)
  const long = `name,email\n${'A,a@b.test\n'.repeat(201)}`
  for (const csv of ['Maria,maria@people.test', 'name,email\n', long, '\u0000\u0001']) expect(await failureOf(admin.run((ctx) => importProducers(ctx, { csv, dryRun: false })))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/csv' }] })
  expect(await failureOf((await asMember(fmo)).run((ctx) => importProducers(ctx, { csv: file, dryRun: true })))).toMatchObject({ code: 'role_required' })
})
