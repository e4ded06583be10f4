import type { TestProject } from 'vitest/node'
import { seededDemo } from './seeded-demo.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A state folder with the demo's people in it, for servers to begin with a copy of. */
    demoState: string
  }
}

/** Before the measurements: the demo, of which each file that wants it serves a copy of its own. */
export default async function provideDemo(project: TestProject): Promise<() => Promise<void>> {
  const demo = await seededDemo()
  project.provide('demoState', demo.state)
  return demo.release
}
