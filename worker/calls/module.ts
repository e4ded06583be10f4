import { moduleOf, type AreaDeclarations } from '../core/areas.ts'
import type { Manifest } from '../core/module.ts'
import { amsArea } from './ams/module.ts'
import { figuresArea } from './figures/module.ts'
import { intakeArea } from './intake/module.ts'
import { logArea } from './log/module.ts'
import { popArea } from './pop/module.ts'
import { syncArea } from './sync/module.ts'

/** The areas, in the order in which a call comes through them. */
const areas: readonly AreaDeclarations[] = [intakeArea, logArea, popArea, amsArea, syncArea, figuresArea]

/** Calls: a dialler tells of a call, it is noted, and what is known of the other party is forgotten again. */
export const callsModule: Manifest = moduleOf('calls', areas)
