import type { CarrierView } from '../carriers/contract.ts'
import type { ApplicationView, RequestView } from './contract.ts'
import { statusFor } from './policy.ts'
import type { ApplicationRow, RequestRow } from './store.ts'

/** Sealed in a request. */
export type RequestSecret = { readonly producer: string; readonly upline: string | null }

export const words = (text: string): string[] => text.split(' ').filter((word) => word !== '')

export const requestView = (row: RequestRow, { producer }: RequestSecret, carrier: Pick<CarrierView, 'id' | 'name'>): RequestView => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  stateAt: row.stateAt,
  createdAt: row.createdAt,
  carrier: { id: carrier.id, name: carrier.name },
  linkId: row.linkId,
  producer,
  states: words(row.states),
  version: row.version,
})

/** An application as its carrier's list shows it. */
export const applicationView = (row: ApplicationRow): ApplicationView => ({
  id: row.id,
  kind: row.kind,
  states: words(row.states),
  status: statusFor(row.state),
  transmittedAt: row.transmittedAt ?? 0,
  updatedAt: Math.max(row.transmittedAt ?? 0, statusFor(row.state) === row.state ? row.stateAt : 0),
})
