import type { Period } from '../../../worker/calls/figures/contract.ts'

/** The periods that figures are told for, as a reader chooses them. */
export const periodChoices: readonly { readonly value: Period; readonly label: string }[] = [{ value: '7', label: 'Last 7 days' }, { value: '30', label: 'Last 30 days' }, { value: '90', label: 'Last 90 days' }]
