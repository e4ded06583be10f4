import { openingPurposes } from '../../../../worker/contracting/producers/contract.ts'

/** What a person may open a copy for. */
export const openingChoices = (['review', 'contracting', 'support', 'compliance'] as const).map((value) => ({ value, label: openingPurposes[value] }))

/** What an opening was for, in a sentence's words. */
export const purposeWords: Readonly<Record<string, string>> = { ...openingPurposes, packet: 'Filling a packet' }
