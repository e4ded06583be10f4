import { createHash } from 'node:crypto'
import { runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { halfSignedIn, newPerson, recorded } from '../../../tests/support/person-scene.ts'
import { bindings, failureOf } from '../../../tests/support/scene.ts'
import { regenerateRecoveryCodes } from './regenerate-recovery-codes.ts'
import { verifySecondFactor } from './verify-second-factor.ts'

test('[IFD-52] codes are shown when they are made and never again; new ones void the old', async () => {
  const ada = await newPerson()
  const [old = ''] = await ada.enrolTotp()
  const { codes } = await ada.confirmed(regenerateRecoveryCodes)
  expect(codes).toHaveLength(10)
  expect(codes).not.toContain(old)
  const half = await halfSignedIn(ada)
  expect(await failureOf(half.run((ctx) => verifySecondFactor(ctx, { kind: 'recovery_code', code: old }, 'b'), ada.now))).toEqual({ code: 'wrong_credentials' })
  expect(await half.run((ctx) => verifySecondFactor(ctx, { kind: 'recovery_code', code: codes[9] ?? '' }, 'b'), ada.now)).toMatchObject({ codesLeft: 9 })
  expect(await recorded(ada)).toContain('core.recovery_codes.regenerated')
})

test('[IFD-53][IFD-43] the guard keeps the SHA-256 of each code and a sealed secret: neither code nor secret lies in it', async () => {
  const ada = await newPerson()
  const codes = await ada.enrolTotp()
  const guard = bindings.ACCOUNT_GUARD.get(bindings.ACCOUNT_GUARD.idFromName(ada.accountId))
  const dump = await runInDurableObject(guard, (_, state) => {
    const tables = state.storage.sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'").toArray()
    return tables.flatMap(({ name }) => state.storage.sql.exec(`SELECT * FROM "${name}"`).toArray().map((row) => ({ table: name, row })))
  })
  const kept = dump.filter(({ table }) => table === 'recovery_codes').map(({ row }) => row['hash'])
  expect(kept.toSorted()).toEqual(codes.map((code) => createHash('sha256').update(code).digest('hex')).toSorted())
  const text = JSON.stringify(dump)
  for (const secret of [...codes, ada.secret, ada.secret.replaceAll(' ', '')]) expect(text).not.toContain(secret)
})

test('codes without a factor to go with are refused', async () => {
  const ada = await newPerson()
  expect(await failureOf(ada.run(regenerateRecoveryCodes))).toEqual({ code: 'not_found' })
})
