import type { AccountCtx } from '../ctx.ts'
import { passkeyNameField } from './factor-declarations.ts'
import { askFactors, sealedCell } from './factors.ts'

export type PasskeyLine = { id: string; name: string; synced: boolean; addedAt: number; usedAt: number | null }

/** A person's own factors. Recovery codes only as a number: they are shown once, when they are made (IFD-52). */
export type OwnFactors = {
  totp: { confirmedAt: number } | null
  passkeys: PasskeyLine[]
  codesLeft: number
  enrolled: boolean
  /** A tenant of this person requires a factor: the last one cannot be turned off. */
  required: boolean
}

export async function listFactors(ctx: AccountCtx): Promise<OwnFactors> {
  const { totp, passkeys, codesLeft, enrolled, required } = await askFactors(ctx, ctx.accountId, 'view')
  const names = await ctx.platformVault.openMany<{ name: string }>(passkeyNameField, passkeys.map(({ id, name }) => ({ id, cell: sealedCell(name) })))
  return {
    totp: totp && { confirmedAt: totp.confirmedAt },
    passkeys: passkeys.map(({ id, deviceType, addedAt, usedAt }, index) => ({ id, name: names[index]?.name ?? '', synced: deviceType === 'multiDevice', addedAt, usedAt })),
    codesLeft,
    enrolled,
    required,
  }
}
