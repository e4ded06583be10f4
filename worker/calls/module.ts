import { defineModule, type Manifest } from '../core/module.ts'
import { amsArea } from './ams/module.ts'
import type { AreaDeclarations } from './area.ts'
import { figuresArea } from './figures/module.ts'
import { intakeArea } from './intake/module.ts'
import { logArea } from './log/module.ts'
import { popArea } from './pop/module.ts'
import { syncArea } from './sync/module.ts'

/** The areas, in the order in which a call comes through them. */
const areas: readonly AreaDeclarations[] = [intakeArea, logArea, popArea, amsArea, syncArea, figuresArea]

const all = <K extends keyof AreaDeclarations>(part: K): AreaDeclarations[K][number][] => areas.flatMap((area) => [...area[part]] as AreaDeclarations[K][number][]) // `as`: TypeScript does not follow the key through the union

/** Calls: a dialler tells of a call, it is noted, and what is known of the other party is forgotten again. */
export const callsModule: Manifest = defineModule({
  name: 'calls',
  rights: all('rights'),
  sealedFields: all('sealedFields'),
  events: all('events'),
  limits: all('limits'),
  retention: all('retention'),
  controls: all('controls'),
  subprocessors: [],
  reveals: all('reveals'),
})
