import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asStranger } from '../../../tests/support/scene.ts'
import { newPerson } from '../../../tests/support/person-scene.ts'
import { CHALLENGE_MS, newChallenge, readChallenge } from './passkey-challenge.ts'
import { accountOfHandle, userHandle } from './passkey-user.ts'

const now = Date.UTC(2026, 10, 22)
const use = { purpose: 'prove', boundTo: 'ses_1' } as const
const base64url = (text: string) => Buffer.from(text).toString('base64url')

/** The deployment's vault, with its roots made. */
async function platformVault() {
  await newPerson()
  return (await asStranger().door(now)).door.visit().platformVault
}

test('a challenge is read back by the browser it was made for, for what it was made for, for five minutes', async () => {
  const vault = await platformVault()
  const returned = base64url(await newChallenge(vault, use, now))
  expect(await readChallenge(vault, returned, use, now)).toMatchObject({ expiresAt: now + CHALLENGE_MS })
  expect(await readChallenge(vault, returned, use, now + CHALLENGE_MS)).not.toBeNull()
  expect(await readChallenge(vault, returned, use, now + CHALLENGE_MS + 1)).toBeNull()
  expect(await readChallenge(vault, returned, use, now - 1)).toBeNull()
  expect(await readChallenge(vault, returned, { ...use, boundTo: 'ses_2' }, now)).toBeNull()
  expect(await readChallenge(vault, returned, { ...use, purpose: 'add' }, now)).toBeNull()
})

test('every changed character of a challenge or a user handle is refused', async () => {
  const vault = await platformVault()
  const challenge = await newChallenge(vault, use, now)
  const handle = await userHandle(vault, 'acc_01h2xcejqtf2nbrexx3vqjhp41')
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const bytes = Buffer.from(challenge)
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip
      expect(await readChallenge(vault, bytes.toString('base64url'), use, now)).toBeNull()
      const named = Buffer.from(handle)
      named[at % named.length] = (named[at % named.length] ?? 0) ^ flip
      expect(await accountOfHandle(vault, named.toString('base64url'))).toBeNull()
    }),
  )
  expect(await accountOfHandle(vault, Buffer.from(handle).toString('base64url'))).toBe('acc_01h2xcejqtf2nbrexx3vqjhp41')
})
