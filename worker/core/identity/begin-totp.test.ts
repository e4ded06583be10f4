import { expect, test } from 'vitest'
import { newPerson } from '../../../tests/support/person-scene.ts'
import { failureOf, signedIn } from '../../../tests/support/scene.ts'
import { beginTotp, pendingTotp } from './begin-totp.ts'

test('setting up an authenticator asks for a proof first, then shows a secret for the QR code to this session alone', async () => {
  const ada = await newPerson()
  expect(await failureOf(ada.run(beginTotp))).toMatchObject({ code: 'step_up_required', mode: 'exact', ticket: expect.stringMatching(/^tkt_/) })
  await ada.confirmed(beginTotp)
  const shown = await ada.run((ctx) => pendingTotp(ctx, 'ada@example.com'))
  expect(shown?.secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  expect(shown?.uri).toContain(`secret=${shown?.secret.replaceAll(' ', '')}`)
  const elsewhere = await signedIn(ada, null, { now: ada.now })
  expect(await elsewhere.runAsAccount((ctx) => pendingTotp(ctx, 'ada@example.com'), ada.now)).toBeNull()
})

test('a set-up left alone for a quarter of an hour is over', async () => {
  const ada = await newPerson()
  await ada.confirmed(beginTotp)
  ada.now += 15 * 60_000 + 1
  expect(await ada.run((ctx) => pendingTotp(ctx, 'ada@example.com'))).toBeNull()
})

test('a second authenticator is refused while one is on', async () => {
  const ada = await newPerson()
  await ada.enrolTotp()
  expect(await failureOf(ada.run(beginTotp))).toMatchObject({ code: 'conflict', state: 'totp_enabled' })
})
