import { generateSync } from 'otplib'
import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { matchStep, newTotpSecret } from '../../worker/core/identity/totp.ts'

// RFC 6238 Appendix B: the ASCII secret, eight digits, HMAC-SHA-1.
const rfcSecret = Secret.fromLatin1('12345678901234567890')
const rfcTable: [seconds: number, code: string][] = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
]

test('the codes of RFC 6238 Appendix B come out, and their last six digits match at their time step', () => {
  for (const [seconds, code] of rfcTable) {
    expect(new TOTP({ secret: rfcSecret, digits: 8 }).generate({ timestamp: seconds * 1000 })).toBe(code)
    expect(matchStep(rfcSecret.base32, code.slice(-6), seconds * 1000)).toBe(Math.floor(seconds / 30))
  }
})

test('a second implementation makes the codes that we accept, one step either side and no further', () => {
  for (let each = 0; each < 20; each += 1) {
    const secret = newTotpSecret()
    const step = 57_000_000 + each
    const code = generateSync({ secret, epoch: step * 30 })
    const accepted = [-2, -1, 0, 1, 2].map((delta) => matchStep(secret, code, (step + delta) * 30_000 + 1))
    expect(accepted).toEqual([null, step, step, step, null])
  }
})
