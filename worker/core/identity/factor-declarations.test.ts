import { expect, test } from 'vitest'
import { CODE_TRIES, CODE_WINDOW_MS } from '../../../durable-objects/account-codes.ts'
import { newPerson } from '../../../tests/support/person-scene.ts'
import { factorLimits, passkeyNameField, totpField, totpGrant } from './factor-declarations.ts'

test('the guard counts what the manifest declares', () => {
  for (const { quota, windowS } of factorLimits) expect([quota, windowS * 1000]).toEqual([CODE_TRIES, CODE_WINDOW_MS])
})

test('the authenticator secret opens by its own grant only: a field of another name stays shut', async () => {
  const ada = await newPerson()
  await ada.run(async (ctx) => {
    const cell = await ctx.platformVault.seal(totpField, 'fac_1', { secret: 'S' })
    expect(await ctx.platformVault.reveal(totpGrant(), totpField, 'fac_1', cell)).toEqual({ secret: 'S' })
    await expect(ctx.platformVault.reveal(totpGrant(), totpField, 'fac_2', cell)).rejects.toThrow('The vault refused.')
    await expect(ctx.platformVault.reveal(totpGrant(), { ...totpField, name: 'core.other' }, 'fac_1', cell)).rejects.toThrow('The vault refused.')
    await expect(ctx.platformVault.open(passkeyNameField, 'fac_1', cell)).rejects.toThrow('The vault refused.')
  })
})
