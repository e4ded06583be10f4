import { createHash } from 'node:crypto'

import { asDevelopmentSecret, secretFrom, workerSecrets, type WorkerSecret } from '../../scripts/worker-secrets.ts'

/** Where the Worker under test believes it is reached. */
const origin = 'https://countersign.test'

/**
 * The variables of the Worker under test and fixed values for every secret of it. They protect nothing: each is made from
 * the digest of its own name.
 */
export function testSecrets(): Record<string, string> {
  const secrets = workerSecrets.map(({ name, form }) => [name, fixed(name, form)])
  return { ...Object.fromEntries(secrets), ORIGIN: origin, VERSION: 'test' }
}

/** The same, with the roots marked as the sandbox asks. */
export function sandboxSecrets(): Record<string, string> {
  const roots = workerSecrets.filter(({ form }) => form === 'root')
  return { ...testSecrets(), ...Object.fromEntries(roots.map(({ name, form }) => [name, asDevelopmentSecret(fixed(name, form), form)])) }
}

function fixed(name: string, form: WorkerSecret['form']): string {
  return secretFrom(createHash('sha256').update(name).digest(), form)
}
