import { PLATFORM } from '../core/reach.ts'
import type { SealableField } from '../core/vault/sealed.ts'
import type { Scene } from './scene.ts'
import type { DemoSeat } from './store.ts'

/** A demo sign-in with the password that npm start prints. */
export type DemoSignIn = { readonly email: string; readonly password: string; readonly seats: readonly DemoSeat[] }

const passwordField = { name: 'sandbox.account.password', class: 'content' } as const satisfies SealableField

export async function keepSignIn(scene: Scene, signIn: DemoSignIn): Promise<void> {
  const cell = await scene.reach.vault(PLATFORM, 1, scene.now).seal(passwordField, signIn.email, signIn.password)
  await scene.store.keepAccount({ email: signIn.email, seats: signIn.seats, cell })
}

/** Everyone the seed made, in its order. */
export async function demoSignIns(scene: Scene): Promise<DemoSignIn[]> {
  const rows = await scene.store.accounts()
  const passwords = await scene.reach.vault(PLATFORM, 1, scene.now).openMany<string>(passwordField, rows.map((row) => ({ id: row.email, cell: row.cell })))
  return rows.map((row, index) => ({ email: row.email, password: passwords[index] ?? '', seats: row.seats }))
}
