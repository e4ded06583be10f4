import { expect, test } from 'vitest'
import { newPerson, recorded } from '../../../tests/support/person-scene.ts'
import { reachNow } from '../../../tests/support/scene.ts'
import { PLATFORM } from '../reach.ts'
import { disableTotp } from './disable-totp.ts'
import { factorChangedMail, FactorChange } from './mails-factors.ts'
import { tellFactorChange } from './tell-factor-change.ts'

const queued = async (person: { accountId: string }) => (await recorded(person)).filter((name) => name === 'core.mail.queued').length

test('each change of a person’s factors is told to its mailbox once, however often its event is followed', async () => {
  const ada = await newPerson()
  await ada.enrolTotp()
  await ada.addPasskey()
  await ada.confirmed(disableTotp)
  expect(await queued(ada)).toBe(3)
  const reach = await reachNow()
  const { entries } = await reach.chain.query(PLATFORM, { subject: ada.accountId, name: 'core.factor' }, null, 10)
  expect(entries).toHaveLength(3)
  for (const { line } of entries) {
    await tellFactorChange(reach, PLATFORM, JSON.parse(line), ada.now)
    await tellFactorChange(reach, 'ten_01h2xcejqtf2nbrexx3vqjhp41', JSON.parse(line), ada.now)
  }
  expect(await queued(ada)).toBe(3)
})

test('the mail says what happened, when, and what to do when it was not the reader', async () => {
  for (const change of FactorChange.options) {
    const letter = await factorChangedMail.compose({ link: (path: string) => `https://countersign.test${path}` } as never, { change, at: Date.UTC(2026, 10, 22, 12) }) // `as`: a mail without a token needs no more
    expect(letter?.lines.join(' ')).toMatch(/provider|passkey|authenticator|recovery/)
    expect(letter?.lines.join(' ')).toContain('2026-11-22 12:00 UTC')
    expect(letter?.action?.href).toBe('https://countersign.test/forgot-password')
  }
})
