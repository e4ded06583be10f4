import type { TestProject } from 'vitest/node'
import { seeded } from '../harness/person.ts'
import { Server } from '../harness/server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A state folder with the demo's people in it, for servers to begin with a copy of. */
    demoState: string
  }
}

/** Before the measurements: builds the sandbox and seeds the demo once. Each file that wants it serves a copy of its own. */
export default async function seedDemo(project: TestProject): Promise<() => Promise<void>> {
  const server = await Server.make()
  await server.start()
  await seeded(server.origin)
  await server.kill()
  project.provide('demoState', server.state)
  return () => server.remove()
}
