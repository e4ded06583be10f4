import { PLATFORM } from '../core/reach.ts'
import type { SealableField } from '../core/vault/sealed.ts'
import type { Scene } from './scene.ts'
import type { DemoSeat } from './store.ts'

/** A demo sign-in with the password that npm start prints. */
export type DemoSignIn = { readonly email: string; readonly password: string; readonly seats: readonly DemoSeat[] }

const signInField = { name: 'sandbox.account', class: 'content' } as const satisfies SealableField

export async function keepSignIn(scene: Scene, { email, password, seats }: DemoSignIn): Promise<void> {
  const vault = scene.reach.vault(PLATFORM, 1, scene.now)
  const id = await vault.index('sandbox.account', email)
  await scene.store.keepAccount({ id, seats, cell: await vault.seal(signInField, id, { email, password }) })
}

/** Everyone the seed made, in its order. */
export async function demoSignIns(scene: Scene): Promise<DemoSignIn[]> {
  const rows = await scene.store.accounts()
  const opened = await scene.reach.vault(PLATFORM, 1, scene.now).openMany<{ email: string; password: string }>(signInField, rows)
  return rows.map((row, index) => ({ ...(opened[index] ?? { email: '', password: '' }), seats: row.seats }))
}
