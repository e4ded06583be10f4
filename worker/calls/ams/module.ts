import { defineEvent, meta } from '../../core/audit/event.ts'
import type { RevealDeclaration, RightDeclaration, SealedField } from '../../core/module.ts'
import type { AreaDeclarations } from '../../core/areas.ts'
import { amsKinds } from './contract.ts'
import { amsTroubles } from './port.ts'

/** { origin, by, … }: what an agency management system is asked with, and where alone it may be sent. */
export const amsCredentials = {
  name: 'calls.ams.credentials', table: 'ams_connections', column: 'content', class: 'secret', scope: 'tenant',
  holds: ['user name and password, or token, of an agency management system', 'secret that signs notes'],
} as const satisfies SealedField

export const reveals = {
  useAms: { verb: 'calls.ams.use', field: amsCredentials.name, reveals: true, says: 'Asks the agency management system, or hands a note over to it. The credentials are open for that one use, counted, and shown to nobody.' },
} as const satisfies Record<string, RevealDeclaration>

export const rights = {
  readAms: { right: 'calls.ams.read', says: 'See the connection to the agency management system', atLeast: 'admin', policy: 'perm.integration_credentials', stepUp: 'recent', claims: ['CAL-84'] },
  writeAms: { right: 'calls.ams.write', says: 'Make, test and revoke the connection to the agency management system', atLeast: 'admin', policy: 'perm.integration_credentials', stepUp: 'recent', claims: ['CAL-84'] },
} as const satisfies Record<string, RightDeclaration>

/** What the credentials of an AMS are opened for. */
export const amsUses = ['look_up', 'hand_over', 'check', 'test'] as const
export type AmsUse = (typeof amsUses)[number]

const kind = { kind: meta.oneOf(amsKinds) }

export const amsConnected = defineEvent('calls.ams.connected', 'An agency management system was connected.', kind)
export const amsTested = defineEvent('calls.ams.tested', 'The connection to an agency management system was tried.', { ...kind, trouble: meta.oneOf(['none', ...amsTroubles]) })
export const amsRevoked = defineEvent('calls.ams.revoked', 'The connection to an agency management system was revoked; what it was asked with is gone.', kind, { urgent: true })
/** One of them for each use and none between (CAL-51). Urgent, for a call is purged only once it was handed over. */
export const amsCredentialsRead = defineEvent('calls.ams_credentials.read', 'The credentials of an agency management system were opened for one use.', { ...kind, use: meta.oneOf(amsUses) }, { read: true, urgent: true })

/** What calls are matched with, and handed over to. */
export const amsArea = {
  rights: Object.values(rights),
  sealedFields: [amsCredentials],
  events: [amsConnected, amsTested, amsRevoked, amsCredentialsRead],
  limits: [],
  retention: [{ name: 'ams_connections', what: 'Connections to agency management systems with their sealed credentials', enters: 'Made by whoever holds integration credentials', sealedIn: [amsCredentials.name], keep: { life: 'tenant' }, then: 'deleted', claims: ['CAL-60'] }],
  controls: [],
  reveals: Object.values(reveals),
} as const satisfies AreaDeclarations

/** Who ends what is kept of connections: revoking one destroys its credentials at once. */
export const amsKeptElsewhere = { ams_connections: 'its revocation, or the destruction of a closed tenant' } as const
