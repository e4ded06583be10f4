import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** Forms in which a secret of ours or of a vendor's would appear. */
const secrets = [
  /-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{20}/,
  /\b(?:sk|rk)_live_[A-Za-z0-9]{16,}/,
  /\bre_[A-Za-z0-9]{8,}_[A-Za-z0-9]{16,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bSK[0-9a-f]{32}\b/,
  /\b(?:KEK_\d+|SESSION_MAC_KEY|AUDIT_SIGNING_KEY|RESEND_API_KEY)\s*[=:]\s*["']?(?:dev:)?[A-Za-z0-9+/]{40,}=*/,
]

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 30 })
const found = (text: string): string[] => secrets.flatMap((form) => form.exec(text)?.[0].slice(0, 24) ?? [])

test('[CLN-52][CAL-30] no secret stands in the source or in its history, and the file of development keys is not tracked', () => {
  expect(found(git('grep', '-I', '--no-color', '-h', '-e', '.', '--', '.', ':!package-lock.json'))).toEqual([])
  expect(found(git('log', '-p', '--no-color', '--all', '--', '.', ':!package-lock.json', ':!docs/claims.json'))).toEqual([])
  expect(git('ls-files', '.dev.vars', '*.pem', '.env*')).toBe('')
  expect(git('check-ignore', '.dev.vars').trim()).toBe('.dev.vars')
})

test('each form of a secret is found where it stands', () => {
  const planted = ['KEK' + '_1=' + 'A'.repeat(43) + '=', 'AKIA' + 'ABCDEFGHIJKLMNOP', 'sk' + '_live_' + 'a'.repeat(24), 're' + '_AbCdEfGh_' + 'b'.repeat(20)]
  for (const secret of planted) expect(found(`x = ${secret}`)).toHaveLength(1)
})
