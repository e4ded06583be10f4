import { defineEvent, meta } from '../../core/audit/event.ts'
import type { RightDeclaration } from '../../core/module.ts'
import type { AreaDeclarations } from '../../core/areas.ts'
import { syncStates } from '../log/contract.ts'
import { syncTroubles } from './contract.ts'

export const rights = {
  readHandOvers: { right: 'calls.hand_over.read', says: 'See what could not be handed to the AMS', atLeast: 'admin', claims: ['CAL-18', 'CAL-24'] },
  replay: { right: 'calls.hand_over.replay', says: 'Hand a call to the AMS again', atLeast: 'admin' },
} as const satisfies Record<string, RightDeclaration>

const trouble = meta.oneOf(syncTroubles)

export const callHanding = defineEvent('calls.call.handing', 'A call’s note leaves for the AMS; written down before it does.', { ams: meta.id(), attempt: meta.count() }, { urgent: true })
export const callSynced = defineEvent('calls.call.synced', 'The AMS has a call’s note.', { ams: meta.id().optional(), attempts: meta.count(), after_ms: meta.count() }, { urgent: true })
export const callDeferred = defineEvent('calls.call.deferred', 'A call’s note could not be handed over and is tried again.', { attempts: meta.count(), trouble }, { urgent: true })
export const callDied = defineEvent('calls.call.died', 'A call’s note could not be handed over and is kept as a dead letter until the call’s last day.', { attempts: meta.count(), trouble }, { urgent: true })
export const callUnknown = defineEvent('calls.call.unknown', 'The AMS may have a call’s note and did not say so; it is not sent again by itself.', { attempts: meta.count(), trouble }, { urgent: true })
export const callUnwanted = defineEvent('calls.call.no_ams', 'A call was due to be handed on and no AMS is connected.', {}, { urgent: true })
export const callsHastened = defineEvent('calls.call.hastened', 'The AMS answers again: calls that waited for it go before this later one.', { calls: meta.count() }, { urgent: true })
export const callReplayed = defineEvent('calls.call.replayed', 'A call is handed to the AMS once more.', { stood: meta.oneOf(syncStates) })
export const callsReplayed = defineEvent('calls.call.all_replayed', 'Every call that was given up, or was due without an AMS, is handed over once more.', { calls: meta.count() })

/** The way of a call's note into the AMS. */
export const syncArea = {
  rights: Object.values(rights),
  sealedFields: [],
  events: [callHanding, callSynced, callDeferred, callDied, callUnknown, callUnwanted, callsHastened, callReplayed, callsReplayed],
  limits: [],
  retention: [],
  controls: [],
  reveals: [],
} as const satisfies AreaDeclarations
