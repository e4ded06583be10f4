import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { copiedTo, newFmo, newInvitee, newLinked } from '../../../tests/support/link-scene.ts'
import { asAdmin, asMember, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { exportRoster, readExporting } from './export-roster.ts'

test('the roster holds the linked producers by what may be read without opening anything, and taking it out is an event', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const [linked, waiting] = [await newLinked(harbor), await newLinked(harbor, await newInvitee('=HYPERLINK("evil")'))]
  await newLinked(anchor, await newInvitee('Noor Aziz'))
  await copiedTo(harbor, linked)
  const admin = await asAdmin(harbor)
  const csv = await admin.run(exportRoster)
  const rows = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data
  expect(rows.map(({ name, npn, passport_version }) => [name, npn, passport_version]).toSorted()).toEqual([[`'${waiting.person.name}`, '', ''], [linked.person.name, '8812345', '1']])
  expect(csv).not.toMatch(/6789|4417|5550147|OR-5501|Noor/)
  expect(await entriesOf(harbor.id, 'contracting.roster.exported')).toMatchObject([{ meta: { rows: 2 } }])
  expect(await entriesOf(harbor.id, 'contracting.copy.read')).toEqual([])
})

test('a member, and an admin whose proof is old, take nothing out', async () => {
  const fmo = await newFmo()
  for (const verb of [exportRoster, readExporting]) {
    expect(await failureOf((await asMember(fmo)).run(async (ctx) => void (await verb(ctx))))).toMatchObject({ code: 'role_required' })
    expect(await failureOf((await asAdmin(fmo, { proven: false })).run(async (ctx) => void (await verb(ctx))))).toMatchObject({ code: 'step_up_required' })
  }
})
