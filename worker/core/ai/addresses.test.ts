import { expect, test } from 'vitest'
import { corpus } from '../../../tests/support/redaction-corpus.ts'
import { addresses } from './addresses.ts'
import { redact, restore } from './redact.ts'

const told = [
  '12 Quay Street, Portland, ME 04101', '12 quay street', '1600 Pennsylvania Avenue NW, Washington, DC 20500', '221B Baker St.', '4500 N. Lake Shore Dr, Apt 12B, Chicago, Illinois 60657', '77 Massachusetts Ave, Cambridge, MA 02139-4307', '350 5th Avenue, Suite 3200, New York, NY',
  '901 Martin Luther King Blvd #4', '88 Saint Mary’s Court', '1200 County Road 12', '15 Broadway', 'P.O. Box 4471', 'po box 12', '40-12 Bell Boulevard, Queens', '7 old mill road in springfield illinois 62704', '9 Elm Ln', '2800 South Congress Way, Austin, Texas', '13 1/2 Water Street',
]
const said = ['We live at {}.', 'Please mail it to {} before Friday.', 'The house at {} needs a new roof.']

test('a street address is taken out whole, in whatever spelling', () => {
  const left = told.flatMap((address) => said.map((sentence) => ({ address, out: redact(sentence.replace('{}', address)).text, whole: sentence.replace('{}', '') })))
  for (const { address, out, whole } of left) expect(out.replace(/<ADDRESS_1_[0-9a-f]{8}>\.?/, '').replace(/\.$/, ''), address).toBe(whole.replace(/\.$/, ''))
})

test('what comes back has the address in its place', () => {
  const text = 'We moved from 12 Quay Street, Portland, ME 04101 to P.O. Box 9, and 12 Quay Street, Portland, ME 04101 is sold.'
  const redacted = redact(text)
  expect([...redacted.values.values()]).toEqual(['12 Quay Street, Portland, ME 04101', 'P.O. Box 9'])
  expect(restore(redacted)).toBe(text)
})

const clean = [
  'It is 5 minutes down the road.', 'The other driver ran 2 stop signs on Main Street.', 'We have 3 cars and drive them all.', 'I paid 500 at the Oak Street branch.', 'We moved to zip code 94107 last month.', 'It happened on 5th Avenue, near the mall.', 'That is 2 blocks from the court.', 'They want $1,200 either way.', 'I drive 20 miles each way.', 'Coverage B is 10 percent, that is the way it was.', 'Route 66 was closed.', 'Put 12 down in any case.', 'Is it 2 or 3 a drive?', 'In May 2019 we did the drive to Ohio.',
]

test('a number near a road is no address, and no sentence of the corpus that hides nothing becomes one', () => {
  for (const text of [...clean, ...corpus.flatMap(({ text: sentence, gold }) => (gold === null ? [sentence] : []))]) expect(addresses(text), text).toEqual([])
})

test('a text made to be slow takes a moment', () => {
  for (const piece of ['1 a ', '12 N. ', '1 a street, ', 'Aa ', '1-1 ', '1 street, A, ']) expect(restore(redact(piece.repeat(100_000 / piece.length)))).toHaveLength(Math.floor(100_000 / piece.length) * piece.length)
}, 20_000)
