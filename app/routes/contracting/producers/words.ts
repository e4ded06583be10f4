import type { CredentialView, ReleaseView } from '../../../../worker/contracting/producers/contract.ts'
import type { Tone } from '../../../ui/status-chip.tsx'

/** What the two ends of a link are called in sentences. */
export const ends = { fmo: 'the FMO', producer: 'the producer', deadline: 'the deadline' } as const

export const releaseTones: Record<ReleaseView['state'], Tone> = { requested: 'warn', declined: 'bad', withdrawn: 'mute', released: 'ok' }
export const releaseWords: Record<ReleaseView['state'], string> = { requested: 'asked for', declined: 'declined', withdrawn: 'taken back', released: 'released' }

export const credentialTones: Record<CredentialView['state'], Tone> = { waiting: 'warn', shown: 'ok', revoked: 'mute' }
export const credentialWords: Record<CredentialView['state'], string> = { waiting: 'not seen yet', shown: 'seen once', revoked: 'revoked' }

/** The last four as they stand on a form: what is not kept is dots. */
export const masked = { ssn: (last4: string) => `***-**-${last4}`, number: (last4: string) => `•••• ${last4}` }

/** Names of the classes that were opened, as a sentence lists them. */
export const partWords: Readonly<Record<string, string>> = { contact: 'contact details', content: 'answers and licence numbers', secret: 'SSN, EIN and bank numbers', documents: 'documents' }

/** What a copied document is there for. */
export const documentWords = { voided_cheque: 'Voided cheque', explanation: 'To an answer about the past' } as const
