import { createHash } from 'node:crypto'

import { secretFrom, workerSecrets } from '../../scripts/worker-secrets.ts'

/** Where the Worker under test believes it is reached. */
const origin = 'https://countersign.test'

/**
 * The variables of the Worker under test and fixed values for every secret of it. They protect nothing: each is made from
 * the digest of its own name.
 */
export function testSecrets(): Record<string, string> {
  const secrets = workerSecrets.map(({ name, form }) => [name, secretFrom(createHash('sha256').update(name).digest(), form)])
  return { ...Object.fromEntries(secrets), ORIGIN: origin, VERSION: 'test' }
}
