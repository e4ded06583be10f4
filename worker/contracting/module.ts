import { defineModule, type Manifest } from '../core/module.ts'
import type { AreaDeclarations } from './area.ts'
import { carriersArea } from './carriers/module.ts'
import { packetsArea } from './packets/module.ts'
import { passportArea } from './passport/module.ts'
import { producersArea } from './producers/module.ts'
import { requestsArea } from './requests/module.ts'

/** The areas, in the order in which a producer comes through them. */
const areas: readonly AreaDeclarations[] = [passportArea, producersArea, carriersArea, requestsArea, packetsArea]

const all = <K extends keyof AreaDeclarations>(part: K): AreaDeclarations[K][number][] => areas.flatMap((area) => [...area[part]] as AreaDeclarations[K][number][]) // `as`: TypeScript does not follow the key through the union

/** Contracting: a producer's passport becomes a signed packet in a carrier's hands. */
export const contractingModule: Manifest = defineModule({
  name: 'contracting',
  rights: all('rights'),
  sealedFields: all('sealedFields'),
  events: all('events'),
  limits: all('limits'),
  retention: all('retention'),
  controls: all('controls'),
  subprocessors: [],
  reveals: all('reveals'),
})
