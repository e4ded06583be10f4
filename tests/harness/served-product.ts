import { afterAll, beforeAll, inject } from 'vitest'
import { Person, seeded, type SignIn } from './person.ts'
import { Server } from './server.ts'

/** The product with the demo's people, served for one file of tests. */
export type ServedProduct = {
  readonly server: Server
  readonly origin: string
  /** The demo's sign-in of somebody with this role. */
  as(role: string, tenant?: string): SignIn
  signedIn(signIn: Pick<SignIn, 'email' | 'password'>, headers?: Record<string, string>): Promise<Person>
  /** A browser that never signed in, with a form's token. */
  stranger(): Promise<Person>
}

/** Serves it before the file's first test and takes it away after the last. */
export function servedProduct(): ServedProduct {
  const scene = {} as { server: Server; people: SignIn[] }
  beforeAll(async () => {
    const server = await Server.make(inject('demoState'))
    Object.assign(scene, { server })
    await server.start()
    Object.assign(scene, { people: await seeded(server.origin) })
  }, 600_000)
  afterAll(() => scene.server?.remove(), 60_000)
  return {
    get server() {
      return scene.server
    },
    get origin() {
      return scene.server.origin
    },
    as(role, tenant = 'Harbor FMO') {
      const found = scene.people.find((each) => each.role === role && each.tenant === tenant)
      if (!found) throw new Error(`the seed has no ${role} of ${tenant}`)
      return found
    },
    async signedIn({ email, password }, headers) {
      const person = new Person(scene.server.origin, headers)
      await person.signIn(email, password)
      return person
    },
    async stranger() {
      const person = new Person(scene.server.origin)
      await (await person.fetch('/sign-in', { headers: { Accept: 'text/html' } })).arrayBuffer()
      return person
    },
  }
}
