import type { Attempt } from './mail-provider.ts'
import type { Outgoing } from './outgoing.ts'
import type { DeliveryRow } from './store.ts'

/** Takes one message on its way, over one channel; `unwanted` where its turn came too late. */
export type Courier = (outgoing: Outgoing, row: DeliveryRow) => Promise<Attempt | 'unwanted'>

/** The couriers there are, by channel. What has none waits. */
export type Couriers = Readonly<Partial<Record<DeliveryRow['channel'], Courier>>>

export const channelsOf = (couriers: Couriers): DeliveryRow['channel'][] => Object.keys(couriers) as DeliveryRow['channel'][] // `as`: the keys of that object
