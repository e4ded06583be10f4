import type { Manifest } from '../core/module.ts'

/** What one area of the module declares; `module.ts` makes one manifest of them all. */
export type AreaDeclarations = Omit<Manifest, 'name' | 'subprocessors'>
