import { expect, test } from 'vitest'
import { newProducer, oregon, saved, typed, wholePassport } from '../../../tests/support/producer-scene.ts'
import { asAdmin, asStranger, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { holding, stored } from '../../../tests/support/stored.ts'
import { addLicence } from './add-licence.ts'
import { endCalendarFeed, makeCalendarFeed } from './make-calendar-feed.ts'
import { readCalendarFeed } from './read-calendar-feed.ts'
import { readCalendar } from './read-calendar.ts'

const tokenOf = (url: string | undefined): string => new URL(url ?? 'https://none.invalid/').pathname.replace('/calendar/', '')
const fetched = async (token: string): Promise<string> => readCalendarFeed((await asStranger().door()).door.visit(), token)

test('the calendar lists what ends, the soonest first, and its feed is RFC 5545 text that tells days and neither a number nor a name', async () => {
  const { owner } = await newProducer()
  await owner.run((ctx) => saved(ctx, wholePassport))
  await owner.run((ctx) => addLicence(ctx, oregon))
  const days = (await owner.run(readCalendar)).days
  expect(days.map(({ what, dueOn }) => [what, dueOn])).toEqual([['aml', '2028-03-02'], ['ce', '2031-01-31'], ['licence', '2031-02-28'], ['cover', '2031-05-01']])
  await owner.run(makeCalendarFeed)
  const text = await fetched(tokenOf((await owner.run(readCalendar)).feed?.url))
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0'])
  expect(lines.filter((line) => line.startsWith('DTSTART'))).toEqual(['DTSTART;VALUE=DATE:20280302', 'DTSTART;VALUE=DATE:20310131', 'DTSTART;VALUE=DATE:20310228', 'DTSTART;VALUE=DATE:20310501'])
  expect(lines.filter((line) => line.startsWith('SUMMARY')).at(2)).toBe('SUMMARY:Licence in OR expires')
  expect(lines.filter((line) => line === 'BEGIN:VALARM')).toHaveLength(8)
  expect(new Set(lines.filter((line) => line.startsWith('UID'))).size).toBe(4)
  expect(text).not.toMatch(/Alvarez|Lantern|LC-44|9999/)
  expect(text).not.toContain(typed.licence)
})

test('a new address ends the one before, and an ended one opens nothing; both are entries', async () => {
  const { owner, tenant } = await newProducer()
  const addresses: string[] = []
  for (let n = 0; n < 2; n += 1) {
    await owner.run(makeCalendarFeed)
    addresses.push(tokenOf((await owner.run(readCalendar)).feed?.url))
  }
  expect(await failureOf(fetched(addresses[0] ?? ''))).toEqual({ code: 'not_found' })
  expect(await fetched(addresses[1] ?? '')).toContain('BEGIN:VCALENDAR')
  await owner.run(endCalendarFeed)
  await owner.run(endCalendarFeed)
  expect(await failureOf(fetched(addresses[1] ?? ''))).toEqual({ code: 'not_found' })
  expect((await owner.run(readCalendar)).feed).toBeNull()
  expect([await entriesOf(tenant.id, 'contracting.calendar_feed.made'), await entriesOf(tenant.id, 'contracting.calendar_feed.ended')].map((entries) => entries.length)).toEqual([2, 1])
})

test('an altered address, another tenant’s and one that never was open nothing, and no copy of what is stored opens the feed', async () => {
  const begun = Date.now()
  const [mine, theirs] = [await newProducer(), await newProducer()]
  for (const { owner } of [mine, theirs]) await owner.run(makeCalendarFeed)
  const [own, foreign] = [tokenOf((await mine.owner.run(readCalendar)).feed?.url), tokenOf((await theirs.owner.run(readCalendar)).feed?.url)]
  const flipped = `${own.slice(0, -2)}${own.endsWith('AA') ? 'BB' : 'AA'}`
  const swapped = own.replace(mine.tenant.id, theirs.tenant.id)
  const mixed = foreign.slice(0, -43) + own.slice(-43)
  for (const token of [flipped, swapped, mixed, own.replace(/_\d_/, '_7_'), 'cs_cal_nothing', '']) expect(await failureOf(fetched(token)), token).toEqual({ code: 'not_found' })
  expect(holding(await stored({ since: begun }), [own.slice(-43)])).toEqual([])
})

test('only the owner makes, sees and ends the address; an assistant sees the days', async () => {
  const { owner, tenant } = await newProducer()
  await owner.run(makeCalendarFeed)
  const admin = await asAdmin(tenant)
  expect(await admin.run(readCalendar)).toMatchObject({ feed: null, mayFeed: false })
  for (const verb of [makeCalendarFeed, endCalendarFeed]) expect(await failureOf(admin.run(verb))).toMatchObject({ code: 'role_required', need: 'passport.feed' })
})

test('an address is fetched 120 times an hour and no more', async () => {
  const { owner } = await newProducer()
  await owner.run(makeCalendarFeed)
  const token = tokenOf((await owner.run(readCalendar)).feed?.url)
  for (let n = 0; n < 120; n += 1) await fetched(token)
  expect(await failureOf(fetched(token))).toMatchObject({ code: 'rate_limited' })
})
