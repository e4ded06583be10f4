import { cleanup, render, screen, within } from '@testing-library/react'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { AuditFilter } from '../../../worker/core/audit/contract.ts'
import { Clock } from '../../ui/clock.tsx'
import { AuditFigures } from './audit-figures.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { auditHref, exportHref, shortId, typedFilters } from './audit-links.ts'
import { AuditStanding } from './audit-standing.tsx'

afterEach(cleanup)

const NOW = 1_780_315_200_000
const good = { size: 218_904, floor: 0, refusal: null, verifiedTo: 218_904, brokenAt: null, signedTo: 218_900, signedAt: NOW - 9_000 } as const
const standing = (over: object = {}, waiting: { events: number; since: number | null } = { events: 0, since: null }, reachable = true) => {
  render(
    <Clock now={NOW}>
      <AuditStanding standing={{ ...good, ...over }} waiting={waiting} reachable={reachable} />
    </Clock>,
  )
  return document.body.textContent
}

test('the chip says how far the chain is verified and signed, and no further', () => {
  expect(standing()).toBe('chain verified to 218,900')
})

test('an entry that does not verify outweighs everything else', () => {
  expect(standing({ brokenAt: 17, refusal: 'broken', verifiedTo: 16 })).toBe('entry 17 does not verify')
})

test('a log that refuses to sign says so', () => {
  expect(standing({ refusal: 'smaller' })).toBe('not being signed')
})

test('a log that cannot be reached says so, with what waits for it', () => {
  expect(standing({}, { events: 3, since: NOW - 120_000 }, false)).toBe('the log cannot be reached3 events wait to be sealed since 2 min')
})

test('events that wait longer than promised are shown, younger ones are not', () => {
  expect(standing({}, { events: 3, since: NOW - 50_000 })).toBe('chain verified to 218,900')
  cleanup()
  expect(standing({}, { events: 3, since: NOW - 120_000 })).toBe('chain verified to 218,9003 events wait to be sealed since 2 min')
})

const filters = (typed: Record<string, string>, errors = {}) =>
  render(
    <AuditFilters
      actors={[{ id: 'acc_a', name: 'Dana Whitlock' }]}
      events={['core.member.joined']}
      typed={typed}
      errors={errors}
      place={{ filter: AuditFilter.safeParse(typed).data ?? {}, live: true, before: 7 }}
      summary="3 entries"
    />,
  )

test('filters keep what was typed, and each that is on can be taken away alone', () => {
  filters({ actor: 'acc_a', event: 'core.member', subject: 'mem_01j2abcdefghijklmn' })
  expect(screen.getByLabelText('Who')).toHaveProperty('value', 'acc_a')
  expect(screen.getByLabelText('Event or its beginning')).toHaveProperty('value', 'core.member')
  expect(screen.getByRole('link', { name: 'Remove filter: Who: Dana Whitlock' }).getAttribute('href')).toBe('/audit?event=core.member&subject=mem_01j2abcdefghijklmn&live=1')
  expect(document.querySelector('input[type=hidden][name=subject]')).toHaveProperty('value', 'mem_01j2abcdefghijklmn')
})

test('somebody who left is still there to choose when the address names them', () => {
  filters({ actor: 'acc_01m81k48k9ec4sr7nsmsrtvyte' })
  expect(screen.getByLabelText('Who')).toHaveProperty('value', 'acc_01m81k48k9ec4sr7nsmsrtvyte')
})

test('a filter that makes no sense is mended beside its field', () => {
  filters({ event: 'Dana' }, { event: 'An event name or its beginning, such as core.member.' })
  expect(screen.getByText('An event name or its beginning, such as core.member.')).toBeTruthy()
  expect(screen.getByLabelText('Event or its beginning')).toHaveProperty('value', 'Dana')
})

test('the figures lead to their entries', () => {
  render(<AuditFigures audit={{ at: NOW, standing: good, figures: { entriesADay: 3118, sensitiveReads: 41, sealedWithinMs: 180, days: [{ day: '2026-05-31', count: 17 }, { day: '2026-06-01', count: 0 }] } }} />)
  expect(screen.getByRole('link', { name: '41' }).getAttribute('href')).toBe('/audit?kind=reads&from=2026-05-31')
  expect(screen.getByRole('link', { name: '3,118' }).getAttribute('href')).toBe('/audit?from=2026-05-31')
  expect(document.body.textContent).toContain('180 ms')
  const table = within(screen.getByRole('region', { name: 'Entries a day, as a table', hidden: true }))
  expect(table.getByRole('link', { name: '17', hidden: true }).getAttribute('href')).toBe('/audit?from=2026-05-31&to=2026-05-31')
  expect(table.getAllByRole('row', { hidden: true }).map((row) => row.textContent)).toEqual([' PointEntries', '31 May17', '1 Jun0'])
})

test('any place in the log survives its address', () => {
  const id = fc.stringMatching(/^[a-z][A-Za-z0-9_:.-]{2,30}$/)
  const filter = fc.record({ actor: id, subject: id, event: fc.stringMatching(/^[a-z][a-z0-9_.]{0,30}$/), q: fc.stringMatching(/^[!-~]([ -~]{0,30})[!-~]$/), from: fc.constant('2026-11-22'), kind: fc.constant('reads' as const) }, { requiredKeys: [] })
  fc.assert(
    fc.property(filter, fc.boolean(), fc.option(fc.integer({ min: 1 })), (wanted, live, before) => {
      const url = new URL(auditHref({ filter: wanted, live, before }, 5), 'https://countersign.test')
      expect(AuditFilter.parse(typedFilters(url.searchParams))).toEqual(wanted)
      expect([url.pathname, url.searchParams.get('live'), url.searchParams.get('before')]).toEqual(['/audit/5', live ? '1' : null, before === null ? null : String(before)])
      expect(AuditFilter.parse(typedFilters(new URL(exportHref(wanted, 'csv'), url).searchParams))).toEqual(wanted)
    }),
  )
})

test('an id is short enough for a list and keeps both ends', () => {
  expect(shortId('mem_01m81k48k9ec4sr7nsmsrtvyte')).toBe('mem_01m8…vyte')
  expect(shortId('platform')).toBe('platform')
})
