import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'

import { asDevelopmentSecret, secretFrom, workerSecrets } from './worker-secrets.ts'

/** Where development keys lie: outside the state they seal, and ignored by git. */
const devVars = '.dev.vars'

/**
 * The Worker's secrets for a local run, made on the first call and kept in `.dev.vars`. A secret added to the list later
 * is added to the file; one that is there is never changed, because it may have sealed rows.
 */
export async function devKeys(): Promise<Record<string, string>> {
  const known = existsSync(devVars) ? parseEnv(readFileSync(devVars, 'utf8')) : {}
  const keys: Record<string, string> = {}
  for (const { name, form } of workerSecrets) {
    keys[name] = known[name] ?? asDevelopmentSecret(await secretFrom(randomBytes(32), form), form)
  }

  const lines = Object.entries({ ...known, ...keys }).map(([name, value]) => `${name}=${value}`)
  const text = ['# Development keys, made by npm start. They protect nothing but this machine’s sandbox.', ...lines, ''].join('\n')
  if (!existsSync(devVars) || readFileSync(devVars, 'utf8') !== text) writeFileSync(devVars, text, { mode: 0o600 })
  return keys
}

/** Throws a sentence when `state` was written under other keys than `keys`: every sealed row in it would be unreadable. */
export function bindStateToKeys(state: string, keys: Record<string, string>): void {
  const file = path.join(state, 'keys.fingerprint')
  const fingerprint = createHash('sha256').update(`countersign dev keys\0${keys.KEK_1}`).digest('hex').slice(0, 32)
  if (!existsSync(file)) {
    mkdirSync(state, { recursive: true })
    writeFileSync(file, `${fingerprint}\n`)
  } else if (readFileSync(file, 'utf8').trim() !== fingerprint) {
    throw new Error(
      `The state in ${state} was sealed with other keys than those in ${devVars}. Put the old file back, or start on new ` +
        'state: STATE=.wrangler/other npm start',
    )
  }
}
