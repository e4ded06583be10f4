import { seeded } from '../harness/person.ts'
import { Server } from '../harness/server.ts'

/** What the demo was seeded as: its state folder, for copies, the port that its mails lead to, and the bundle that served it. */
export type SeededDemo = Pick<Server, 'state' | 'port' | 'module' | 'bindings'> & { readonly release: () => Promise<void> }

/** The set-ups of a run share its process, each with modules of its own: what they have in common hangs here. */
const shared = globalThis as { seededDemo?: { users: number; server: Promise<Server> } }

/** The sandbox with the demo's people in it, built and seeded once for whoever asks, and killed. The last to `release` it clears it away. */
export async function seededDemo(): Promise<SeededDemo> {
  const demo = (shared.seededDemo ??= { users: 0, server: seed() })
  demo.users += 1
  const server = await demo.server
  const { state, port, module, bindings } = server
  const release = async (): Promise<void> => {
    demo.users -= 1
    if (demo.users === 0) await server.remove()
  }
  return { state, port, module, bindings, release }
}

async function seed(): Promise<Server> {
  const server = await Server.make()
  await server.start()
  await seeded(server.origin)
  await server.kill()
  return server
}
