import { afterAll, beforeAll, inject } from 'vitest'
import { seeded } from '../harness/person.ts'
import { Server } from '../harness/server.ts'

/**
 * For a journey that moves the clock: the demo on a server of its own, so that nobody else's proofs and pops run out. `anew`:
 * seeded there, for whoever is called back: what a copy knows of the sandbox's vendors leads to the server that was copied.
 */
export function ownDemo({ anew = false } = {}): { readonly origin: string } {
  const scene = {} as { server: Server }
  beforeAll(async () => {
    scene.server = await Server.make(anew ? undefined : inject('demoState'))
    await scene.server.start()
    await seeded(scene.server.origin)
  })
  afterAll(() => scene.server.remove())
  return {
    get origin() {
      return scene.server.origin
    },
  }
}
