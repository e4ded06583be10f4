import { defineModule, type Manifest } from './module.ts'

/** What one area of a module declares. */
export type AreaDeclarations = Omit<Manifest, 'name' | 'subprocessors'>

/** One manifest of a module's areas, in the order in which they are given. */
export function moduleOf(name: string, areas: readonly AreaDeclarations[]): Manifest {
  const all = <K extends keyof AreaDeclarations>(part: K): AreaDeclarations[K][number][] => areas.flatMap((area) => [...area[part]] as AreaDeclarations[K][number][]) // `as`: TypeScript does not follow the key through the union
  return defineModule({
    name, rights: all('rights'), sealedFields: all('sealedFields'), events: all('events'), limits: all('limits'), retention: all('retention'), controls: all('controls'), subprocessors: [], reveals: all('reveals'),
  })
}
