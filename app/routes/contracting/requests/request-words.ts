import { requestKinds, requestStates, type RequestState, type Waiting } from '../../../../worker/contracting/requests/contract.ts'
import type { Tone } from '../../../ui/status-chip.tsx'

/** What a state means to whoever looks at a list. */
export const stateTones: Record<RequestState, Tone> = {
  draft: 'mute', ready: 'info', signed: 'info', transmitted: 'info', accepted: 'ok', returned: 'warn', declined: 'bad', appointed: 'ok', terminated: 'mute',
}

/** Whose move it is. */
export const waitsWords: Record<Waiting, string> = { fmo: 'Waits for you', producer: 'Waits for the producer', carrier: 'Waits for the carrier' }

export const stateChoices = Object.entries(requestStates).map(([value, label]) => ({ value, label }))
export const kindChoices = Object.entries(requestKinds).map(([value, label]) => ({ value, label }))
