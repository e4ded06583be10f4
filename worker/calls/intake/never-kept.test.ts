import { expect, test, vi } from 'vitest'
import { maria, popHouse, popOf, ringAt } from '../../../tests/support/pop-scene.ts'
import { asStranger, bindings } from '../../../tests/support/scene.ts'
import { readCall } from '../log/read-call.ts'
import { withoutCards } from './without-cards.ts'

const cards = ['4222222222222', '4111111111111111', '4111 1111 1111 1111', '5555-5555-5555-4444', '2223003122003222', '378282246310005', '3782 822463 10005', '30569309025904', '6011 1111 1111 1117', '3530111333300000']

test('the number of a payment card is left out of what was said, however it is grouped and whatever stands beside it', () => {
  for (const card of cards) {
    expect(withoutCards(`My card is ${card}, thank you.`)).toBe('My card is [card number], thank you.')
    expect(withoutCards(card).length).toBeLessThanOrEqual(card.length)
    expect(withoutCards(`5 ${card} 12 27 and ${card}`)).toBe('5 [card number] 12 27 and [card number]')
  }
})

test('what has many digits and is no card stays: another check digit, a policy, telephone numbers, a number within a word', () => {
  for (const said of ['4111 1111 1111 1112', 'policy HO4111111111111111', '415 555 0132 and 415 555 0133', '9999 9999 9999 9995', '41111111111111110000000', '']) expect(withoutCards(said)).toBe(said)
  expect(withoutCards('4111111111111111'.repeat(5000) ?? '')).toHaveLength(80_000)
})

test('[CAL-39] the trust page names what never comes to lie here, and none of it does: no recording, no record of an AMS, no card number, in no row and in nothing that can be opened', async () => {
  const trust: { never: { name: string; what: string }[] } = await (await asStranger().call('/trust.json')).json()
  expect(trust.never.map(({ name }) => name)).toEqual(['recordings', 'ams_records', 'cards'])
  const page = await (await asStranger().page('/trust')).text()
  for (const { what } of trust.never) expect(page.slice(page.indexOf('id="never"')), what).toContain(what)

  const { line, mila } = await popHouse([{ ...maria, name: 'Quillonia Farbrace', policies: [{ ...maria.policies[0]!, number: 'ZQX-77-81' }] }])
  const session = await ringAt(line)
  const { call } = await popOf(mila)
  await line.tell('ended', session, { agent: '101', duration: 60, recording_url: 'https://voip.example/canary-recording.mp3', audio: 'Y2FuYXJ5' })
  await line.tell('transcript', session, { transcript: `Take my card, ${cards[2]}, until 12/27. Canary of a caller.` })
  await line.tell('sms', `${session}-text`, { text: `The card is ${cards[5]}.` })
  await vi.waitFor(async () => expect((await line.calls()).filter(({ endedAt }) => endedAt !== null)).toHaveLength(2), 3000)
  const opened = JSON.stringify(await Promise.all((await line.calls()).map(({ id }) => line.owner.run((ctx) => readCall(ctx, id)))))
  expect(opened).toContain('Take my card, [card number], until 12/27. Canary of a caller.')
  expect(opened).toContain('The card is [card number].')
  expect(opened).toContain(call.id)
  expect(opened).not.toMatch(/canary-recording|Y2FuYXJ5|ZQX-77-81|4111 ?1111|378282246310005/)
  for (const database of [bindings.DIRECTORY, bindings.SHARD_1, bindings.SHARD_2]) {
    const { results } = await database.prepare("select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\' and name not like 'sqlite%'").all<{ name: string }>()
    for (const { name } of results) expect(JSON.stringify((await database.prepare(`select * from "${name}"`).all()).results), name).not.toMatch(/canary-recording|Y2FuYXJ5|Quillonia|ZQX-77-81|4111 1111|378282246310005/)
  }
})
