import { moduleOf, type AreaDeclarations } from '../core/areas.ts'
import type { Manifest } from '../core/module.ts'
import { carriersArea } from './carriers/module.ts'
import { packetsArea } from './packets/module.ts'
import { passportArea } from './passport/module.ts'
import { producersArea } from './producers/module.ts'
import { requestsArea } from './requests/module.ts'

/** The areas, in the order in which a producer comes through them. */
const areas: readonly AreaDeclarations[] = [passportArea, producersArea, carriersArea, requestsArea, packetsArea]

/** Contracting: a producer's passport becomes a signed packet in a carrier's hands. */
export const contractingModule: Manifest = moduleOf('contracting', areas)
