import { demoSignIns } from './accounts.ts'
import type { Scene } from './scene.ts'

/** Make the demo tenants through the product's own verbs. Safe to repeat: it adds what is missing. */
export async function seed(scene: Scene): Promise<{ signIns: number }> {
  return { signIns: (await demoSignIns(scene)).length }
}
