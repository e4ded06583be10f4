import type { AmsKind } from '../../../worker/calls/ams/contract.ts'
import type { AmsTrouble } from '../../../worker/calls/ams/port.ts'

/** What came of asking an AMS, in words. */
export const amsTroubleWords: Readonly<Record<AmsTrouble, string>> = {
  credentials_refused: 'It does not let us in.',
  refused_address: 'Its address may not be called.',
  unreachable: 'It could not be reached.',
  timeout: 'It did not answer within ten seconds.',
  busy: 'It asks to be left alone for now.',
  broken: 'Its answer could not be read.',
  no_contact: 'It has no such record.',
  refused: 'It refused what was asked.',
  cannot_look_up: 'It cannot be asked for a telephone number.',
}

export const troubleSays = (trouble: string): string => (Object.hasOwn(amsTroubleWords, trouble) ? amsTroubleWords[trouble as AmsTrouble] : trouble) // `as`: one of its own keys

/** What can be expected of each kind. */
export const amsKindSays: Readonly<Record<AmsKind, string>> = {
  hawksoft: 'HawkSoft’s partner API has no search by telephone number: up to 2,000 clients are looked through each time a call rings. It shows no past notes, and a note cannot be looked up in it.',
  rest: 'Callers are looked up as the mapping says, and each call becomes one note.',
  webhook: 'It is told of each call and cannot be asked: callers stay unmatched.',
}
