import type { TenantVault } from '../vault/tenant-vault.ts'

/** What a MAC in an outbox holds together. */
export type MacPart = { readonly id: string; readonly body: string; readonly personal: string | null }

const USE = 'core.audit.outbox'

/**
 * The MAC of an outbox row under the `audit` root of the vault's tenant, as `<key version>:<base64>`. Whoever can only write
 * the database cannot make one.
 */
export async function signOutboxRow(vault: TenantVault, row: MacPart): Promise<string> {
  const { mac, version } = await vault.sign('audit', USE, message(vault.tenant, row))
  return `${version}:${mac}`
}

/** Whether the row is one that `signOutboxRow` made for this vault's tenant. */
export async function isGenuine(vault: TenantVault, row: MacPart & { readonly mac: string }): Promise<boolean> {
  const [, version, mac] = /^([1-9][0-9]{0,5}):(\S+)$/.exec(row.mac) ?? []
  if (version === undefined || mac === undefined) return false
  return vault.verify('audit', USE, message(vault.tenant, row), { mac, version: Number(version) })
}

/** JSON of an array: no two rows share one spelling. */
const message = (tenant: string, { id, body, personal }: MacPart): string => JSON.stringify([tenant, id, body, personal])
