import { defineEvent, meta } from '../../core/audit/event.ts'
import type { RightDeclaration, SealedField } from '../../core/module.ts'
import type { AreaDeclarations } from '../../core/areas.ts'
import { applicationStatuses, requestKinds, requestStates, type RequestKind, type RequestState } from './contract.ts'

/** { producer, upline } of a request. */
export const requestContent = {
  name: 'contracting.request.content', table: 'contracting_requests', column: 'content', class: 'contact', scope: 'tenant',
  holds: ['name of the producer', 'name of the upline'],
} as const satisfies SealedField

/** { reason } of a state. */
export const stateContent = {
  name: 'contracting.request_state.content', table: 'request_states', column: 'content', class: 'content', scope: 'tenant',
  holds: ['reason given for a state'],
} as const satisfies SealedField

/** What was handed over, as it was then. */
export const transmissionContent = {
  name: 'contracting.transmission.content', table: 'transmissions', column: 'content', class: 'contact', scope: 'tenant', salt: 'application',
  holds: ['name, date of birth, addresses, e-mail and telephone of the applicant', 'licences, employment and answers to background questions'],
} as const satisfies SealedField

/** { number } of a writing number. */
export const writingNumberContent = {
  name: 'contracting.writing_number.content', table: 'writing_numbers', column: 'content', class: 'content', scope: 'tenant',
  holds: ['writing number'],
} as const satisfies SealedField

export const rights = {
  readRequests: { right: 'contracting.request.read', says: 'See contracting requests and where they stand', atLeast: 'member' },
  writeRequests: { right: 'contracting.request.write', says: 'Draft contracting requests and make them ready to sign', atLeast: 'member' },
  transmit: { right: 'contracting.request.transmit', says: 'Hand signed requests over to carriers', atLeast: 'admin', claims: ['CIQ-12'] },
  readOwn: { right: 'contracting.request.own', says: 'See what FMOs ask of carriers for this producer, and what each carrier still lacks', atLeast: 'admin' },
  endRequest: { right: 'contracting.request.end', says: 'End a contracting request', atLeast: 'admin' },
} as const satisfies Record<string, RightDeclaration>

const kind = meta.oneOf(Object.keys(requestKinds) as [RequestKind, ...RequestKind[]]) // `as`: the keys of a const object
const from = meta.oneOf(Object.keys(requestStates) as [RequestState, ...RequestState[]]) // `as`: likewise
const of = { kind, carrier: meta.id(), link: meta.id() }

export const requestCreated = defineEvent('contracting.request.created', 'A contracting request was drafted.', { ...of, states: meta.count() })
export const requestChanged = defineEvent('contracting.request.changed', 'A draft of a contracting request was changed.', { fields: meta.fields() })
export const requestReadied = defineEvent('contracting.request.readied', 'A contracting request was found ready to be signed.', { ...of, from })
export const requestReopened = defineEvent('contracting.request.reopened', 'A contracting request became a draft again; what was signed for it no longer counts.', { ...of, from })
export const requestSigned = defineEvent('contracting.request.signed', 'The producer signed for a contracting request.', { ...of, documents: meta.count(), version: meta.count() })
export const requestEnded = defineEvent('contracting.request.ended', 'A contracting request was ended.', { ...of, from, by: meta.oneOf(['fmo', 'carrier', 'release']) })
export const packetTransmitted = defineEvent('contracting.packet.transmitted', 'A signed packet was handed over to the carrier.', { transmission: meta.id(), carrier: meta.id(), packet: meta.id(), link: meta.id(), receipt: meta.digest() })
export const applicationRead = defineEvent('contracting.application.read', 'A carrier’s program read the data of an application.', { carrier: meta.id(), transmission: meta.id() }, { read: true })
export const applicationAnswered = defineEvent('contracting.application.answered', 'A carrier answered an application.', { carrier: meta.id(), link: meta.id(), status: meta.oneOf(applicationStatuses), from })
export const writingNumbersGiven = defineEvent('contracting.writing_number.given', 'A carrier gave writing numbers.', { carrier: meta.id(), request: meta.id(), numbers: meta.count() })

/** Contracting requests: what an FMO asks a carrier to do for a producer, and what the carrier makes of it. */
export const requestsArea = {
  rights: Object.values(rights),
  sealedFields: [requestContent, stateContent, transmissionContent, writingNumberContent],
  events: [requestCreated, requestChanged, requestReadied, requestReopened, requestSigned, requestEnded, packetTransmitted, applicationRead, applicationAnswered, writingNumbersGiven],
  limits: [],
  retention: [
    { name: 'contracting_requests', what: 'Contracting requests with their timelines, and writing numbers', enters: 'Drafted by the FMO; answered by the carrier', sealedIn: [requestContent.name, stateContent.name, writingNumberContent.name], keep: { life: 'tenant' }, then: 'deleted' },
    { name: 'transmissions', what: 'What was handed over to a carrier, as it was then', enters: 'Transmitted by the FMO after the producer signed', sealedIn: [transmissionContent.name], keep: { life: 'tenant' }, then: 'key destroyed' },
  ],
  controls: [],
  reveals: [],
} as const satisfies AreaDeclarations

/** Who ends what is kept of requests. */
export const requestsKeptElsewhere = { contracting_requests: 'the destruction of a closed tenant', transmissions: 'the destruction of a closed tenant, with every salt it had' } as const
