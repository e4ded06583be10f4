import { createHash } from 'node:crypto'

import { asDevelopmentSecret, secretFrom, workerSecrets } from '../../scripts/worker-secrets.ts'

/** Where the Worker under test believes it is reached. */
const origin = 'https://countersign.test'

const fixed = Object.fromEntries(await Promise.all(workerSecrets.map(async ({ name, form }) => [name, await secretFrom(createHash('sha256').update(name).digest(), form, 'countersign.test')] as const)))

/**
 * The variables of the Worker under test and fixed values for every secret of it. They protect nothing: each is made from
 * the digest of its own name.
 */
export const testSecrets = (): Record<string, string> => ({ ...fixed, ORIGIN: origin, VERSION: 'test' })

/** The same, with the roots marked as the sandbox asks. */
export function sandboxSecrets(): Record<string, string> {
  const roots = workerSecrets.filter(({ form }) => form === 'root')
  return { ...testSecrets(), ...Object.fromEntries(roots.map(({ name, form }) => [name, asDevelopmentSecret(fixed[name] ?? '', form)])) }
}
