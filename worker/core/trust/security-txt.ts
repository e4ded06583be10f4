import type { Env } from '../env.ts'

const YEAR_MS = 365 * 86_400_000

/** Where a vulnerability, or an open question about security, goes. */
export const securityContact = (env: Env): string => env.SECURITY_CONTACT ?? `security@${new URL(env.ORIGIN).hostname}`

/** /.well-known/security.txt (RFC 9116). It never expires while the Worker answers: the date is always a year ahead, cut to the day. */
export function securityTxt(env: Env, now: number): string {
  const expires = new Date(now + YEAR_MS).toISOString().slice(0, 10)
  return [
    `Contact: mailto:${securityContact(env)}`,
    `Expires: ${expires}T00:00:00.000Z`,
    `Policy: ${env.ORIGIN}/trust`,
    `Canonical: ${env.ORIGIN}/.well-known/security.txt`,
    'Preferred-Languages: en',
    '',
  ].join('\n')
}
