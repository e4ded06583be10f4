import type { MatchReason, PopContact, PopView } from '../../../worker/calls/pop/contract.ts'

/** Why somebody is shown without a question; nothing where the AMS knows one alone. */
export const reasonWords: Readonly<Record<MatchReason, string | null>> = { only: null, remembered: 'as chosen last time', household: 'policy holder of the household', chosen: 'as you chose' }

export const kindWords: Readonly<Record<PopContact['kind'], string>> = { client: 'Client', prospect: 'Prospect', other: 'Contact' }

/** Who calls, in one line. */
export function whoCalls({ content: { state, contact, candidates, phone } }: PopView): string {
  switch (state) {
    case 'one':
      return contact?.name ?? 'Somebody'
    case 'several':
      return `${candidates.length} contacts have this number`
    case 'none':
      return 'Nobody in the AMS has this number'
    case 'looking':
      return 'Looking up who it is'
    case 'trouble':
      return 'The AMS did not answer'
    case 'unasked':
      return phone === null ? 'The number is withheld' : 'Unknown: no AMS is connected'
  }
}
