import { expect, test } from 'vitest'
import proofs from '#proofs'
import type { TrustView } from '../../worker/core/trust/read-trust.ts'
import { asStranger } from '../support/scene.ts'

/** The kinds of data that CallIntel's own schedule lists, in its order, by the claim that each row of it is. */
const kinds: readonly { claim: string; what: RegExp; keep: RegExp; then: string }[] = [
  { claim: 'CAL-40', what: /^Recordings and audio/, keep: /^never$/, then: 'deleted' },
  { claim: 'CAL-42', what: /^Clients and policies of an agency management system/, keep: /^never$/, then: 'deleted' },
  { claim: 'CAL-41', what: /^Card and payment data/, keep: /^never$/, then: 'deleted' },
  { claim: 'CAL-57', what: /shown of a call that rings/, keep: /^5 minutes$/, then: 'key destroyed' },
  { claim: 'CAL-45', what: /phone number but for its last four digits/, keep: /call\.sync_delay_s/, then: 'masked' },
  { claim: 'CAL-46', what: /^Transcript and summary/, keep: /call\.sync_delay_s/, then: 'key destroyed' },
  { claim: 'CAL-58', what: /^Text of an SMS/, keep: /call\.sync_delay_s/, then: 'key destroyed' },
  { claim: 'CAL-59', what: /^Name and id of the contact/, keep: /call\.sync_delay_s/, then: 'key destroyed' },
  { claim: 'CAL-18', what: /^What is known of a call’s other party/, keep: /^30 days$/, then: 'key destroyed' },
  { claim: 'CAL-60', what: /sealed credentials$/, keep: /^as long as the tenant lives$/, then: 'deleted' },
  { claim: 'CAL-61', what: /times, outcome, handler/, keep: /^as long as the tenant lives$/, then: 'deleted' },
  { claim: 'CAL-62', what: /^Entries of the audit log/, keep: /audit\.retention_years/, then: 'deleted' },
]

test('[CAL-56] the schedule tells of twelve kinds of data how long each is kept and what then becomes of it, on the page and as JSON, and a test carries each', async () => {
  const stranger = asStranger()
  const { retention } = (await (await stranger.call('/trust.json')).json()) as TrustView // `as`: the route's own answer
  const page = (await (await stranger.page('/trust')).text()).replaceAll('&#x27;', "'")
  const schedule = /id="retention"[\s\S]*?<\/section>/.exec(page)?.[0] ?? ''
  for (const { claim, what, keep, then } of kinds) {
    const rows = retention.filter(({ claims }) => claims.includes(claim))
    expect([claim, rows.length]).toEqual([claim, 1])
    const row = rows[0] ?? { what: '', keep: '', then: '' }
    expect(row.what).toMatch(what)
    expect([claim, row.keep]).toEqual([claim, expect.stringMatching(keep)])
    expect([claim, row.then]).toEqual([claim, then])
    expect([claim, schedule.includes(row.what)]).toEqual([claim, true])
  }
  expect(new Set(kinds.map(({ claim }) => claim)).size).toBe(12)
  // Cards are told by what stands below: there is nothing to time.
  for (const { claim } of kinds.filter((each) => each.claim !== 'CAL-41')) expect([claim, (proofs.claims[claim] ?? []).length > 0]).toEqual([claim, true])
})

test('no field of the API asks for a card or a payment', async () => {
  const text = await (await asStranger().call('/api/openapi.json')).text()
  expect(text).not.toMatch(/"(?:card|card_?number|pan|cvc|cvv|expiry|iban|payment\w*)":/i)
})
