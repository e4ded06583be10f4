import fc from 'fast-check'
import { expect, test } from 'vitest'

import { newKeyring, newTenantId, newVault, reasonOf, vaultAt } from '../../../tests/support/vault-scene.ts'
import { flipBit } from '../../../tests/vectors/hex.ts'
import { fromBase64, toBase64 } from './bytes.ts'
import { isVaultFault } from './fault.ts'
import { addRootVersion, createRoots, destroyRootVersion } from './keyring.ts'
import { destroySalt } from './salts.ts'
import type { JsonValue, Sealed, SealedCell } from './sealed.ts'

const contact = { name: 'core.member.contact', class: 'contact' } as const
const content = { name: 'crm.note.content', class: 'content' } as const
const personal = { name: 'core.audit.personal', class: 'content', root: 'audit' } as const

test('opening is the inverse of sealing, for every JSON value', async () => {
  const { vault } = await newVault()
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ stringUnit: 'grapheme' }), async (value) => {
      const json = JSON.parse(JSON.stringify(value)) as JsonValue // -0 becomes 0, as JSON has it
      expect(await vault.open(content, 'not_1', await vault.seal(content, 'not_1', json))).toEqual(json)
    }),
    { numRuns: 50 },
  )
})

test('[IFD-39] what is sealed for one row, class, field or tenant opens in no other', async () => {
  const { vault, keyring, tenant } = await newVault()
  const stranger = newTenantId()
  await createRoots(keyring, stranger)
  const cell = await vault.seal(contact, 'mem_1', { email: 'ada@example.org' })
  expect(await vault.open(contact, 'mem_1', cell)).toEqual({ email: 'ada@example.org' })
  expect(await reasonOf(vault.open(contact, 'mem_2', cell))).toBe('not_authentic')
  expect(await reasonOf(vault.open({ ...contact, class: 'content' }, 'mem_1', cell))).toBe('not_authentic')
  expect(await reasonOf(vault.open({ ...contact, name: 'crm.lead.contact' }, 'mem_1', cell))).toBe('not_authentic')
  expect(await reasonOf(vault.open({ ...contact, root: 'audit' }, 'mem_1', cell))).toBe('not_authentic')
  expect(await reasonOf(vaultAt(keyring, stranger, 1).open(contact, 'mem_1', cell))).toBe('not_authentic')
  await addRootVersion(keyring, { tenant, root: 'seal', version: 2 })
  expect(await reasonOf(vault.open(contact, 'mem_1', { ...cell, sealVersion: 2 }))).toBe('not_authentic')
})

test('all n x n swaps of a column between rows, fields and tenants fail closed', async () => {
  const keyring = await newKeyring()
  const [a, b] = [await newVault(keyring), await newVault(keyring)]
  const cells = await Promise.all(
    [a, b].flatMap(({ vault }) => [contact, content].flatMap((field) => Array.from({ length: 5 }, async (_, at) => ({ vault, field, rowId: `row_${at}`, cell: await vault.seal(field, `row_${at}`, at) })))),
  )
  let refused = 0
  for (const [to, place] of cells.entries()) {
    for (const [from, { cell }] of cells.entries()) {
      const reason = await reasonOf(place.vault.open(place.field, place.rowId, cell))
      expect(reason).toBe(to === from ? 'no fault' : 'not_authentic')
      if (reason === 'not_authentic') refused += 1
    }
  }
  expect(refused).toBe(20 * 19)
})

test('every bit flip of a cell is refused, and the fault names the place but no value', async () => {
  const { vault, tenant } = await newVault()
  const cell = await vault.seal(contact, 'mem_1', { email: 'canary@example.org' })
  const bytes = fromBase64(cell.sealed)
  if (!bytes.ok) throw new Error('unreachable: just sealed')
  for (let bit = 0; bit < bytes.value.length * 8; bit += 1) {
    const changed: SealedCell = { ...cell, sealed: toBase64(flipBit(bytes.value, bit)) as Sealed } // forced, as a raw write would
    const fault: unknown = await vault.open(contact, 'mem_1', changed).catch((thrown: unknown) => thrown)
    expect(isVaultFault(fault) && fault).toMatchObject({ reason: 'not_authentic', message: 'The vault refused.', place: { tenant, sealName: 'core.member.contact', rowId: 'mem_1', version: 1 } })
    expect(JSON.stringify(fault) + String(fault)).not.toContain('canary')
  }
})

test('a damaged cell of any kind is a fault with a reason', async () => {
  const { vault } = await newVault()
  const cell = await vault.seal(contact, 'mem_1', 'x')
  const open = (changed: Record<string, unknown>) => reasonOf(vault.open(contact, 'mem_1', { ...cell, ...changed }))
  expect(await open({ sealed: '' })).toBe('wrong_size')
  expect(await open({ sealed: 'plain text' })).toBe('not_canonical')
  expect(await open({ sealed: null })).toBe('malformed')
  expect(await open({ sealVersion: 99 })).toBe('root_missing')
  for (const sealVersion of [0, -1, 1.5, null, '1']) expect(await open({ sealVersion })).toBe('malformed')
})

test('the fault of a missing salt or root reads like any other', async () => {
  const { vault } = await newVault()
  const unknownVersion = { ...(await vault.seal(contact, 'mem_1', 'x')), sealVersion: 9 }
  const messages = await Promise.all([vault.withSalt('caller', 'cal_1').catch(String), vault.open(contact, 'mem_1', unknownVersion).catch(String)])
  expect(new Set(messages)).toEqual(new Set(['VaultFault: The vault refused.']))
})

test('a list opens in its order, across two versions, and one bad row refuses the list', async () => {
  const { vault, keyring, tenant } = await newVault()
  await addRootVersion(keyring, { tenant, root: 'seal', version: 2 })
  const newer = vaultAt(keyring, tenant, 2)
  const rows = await Promise.all(Array.from({ length: 25 }, async (_, at) => ({ id: `mem_${at}`, cell: await (at % 2 ? vault : newer).seal(contact, `mem_${at}`, { at }) })))
  expect(await vault.openMany<{ at: number }>(contact, rows)).toEqual(rows.map((_, at) => ({ at })))
  expect(await vault.openMany(contact, [])).toEqual([])
  const swapped = rows.with(3, { id: 'mem_3', cell: rows[4]!.cell }) // non-null: there are 25
  expect(await reasonOf(vault.openMany(contact, swapped))).toBe('not_authentic')
})

test('resealing moves a value to a new version, after which the old root can go', async () => {
  const { vault, keyring, tenant } = await newVault()
  const old = await vault.seal(contact, 'mem_1', { email: 'ada@example.org' })
  await addRootVersion(keyring, { tenant, root: 'seal', version: 2 })
  const moved = await vault.reseal(contact, 'mem_1', old, 2)
  expect(moved.sealVersion).toBe(2)
  await destroyRootVersion(keyring, { tenant, root: 'seal', version: 1 })
  const fresh = vaultAt(keyring, tenant, 2)
  expect(await fresh.open(contact, 'mem_1', moved)).toEqual({ email: 'ada@example.org' })
  expect(await reasonOf(fresh.open(contact, 'mem_1', old))).toBe('root_missing')
  expect(await reasonOf(vault.reseal(contact, 'mem_2', moved, 2))).toBe('not_authentic')
})

test('a field of the audit root is sealed under it and survives the seal root', async () => {
  const { vault, keyring, tenant } = await newVault()
  const cell = await vault.seal(personal, 'evt_1', { ip: '192.0.2.1' })
  await destroyRootVersion(keyring, { tenant, root: 'seal', version: 1 })
  expect(await vaultAt(keyring, tenant, 2).open(personal, 'evt_1', cell)).toEqual({ ip: '192.0.2.1' })
})

test('a blind index is stable, differs by column and by tenant, and tells nothing of the value', async () => {
  const keyring = await newKeyring()
  const [{ vault }, other] = [await newVault(keyring), await newVault(keyring)]
  const index = await vault.index('core.member.email', 'ada@example.org')
  expect(index).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(await vault.index('core.member.email', 'ada@example.org')).toBe(index)
  expect(await vault.index('crm.lead.email', 'ada@example.org')).not.toBe(index)
  expect(await other.vault.index('core.member.email', 'ada@example.org')).not.toBe(index)
})

test('a MAC is taken for its use, root, version and tenant only', async () => {
  const keyring = await newKeyring()
  const [{ vault }, other] = [await newVault(keyring), await newVault(keyring)]
  const signed = await vault.sign('audit', 'outbox', 'body')
  expect(await vault.verify('audit', 'outbox', 'body', signed)).toBe(true)
  expect(await vault.verify('audit', 'outbox', 'bodz', signed)).toBe(false)
  expect(await vault.verify('audit', 'inbox', 'body', signed)).toBe(false)
  expect(await vault.verify('token', 'outbox', 'body', signed)).toBe(false)
  expect(await other.vault.verify('audit', 'outbox', 'body', signed)).toBe(false)
  for (const mac of ['', 'AAAA', `${signed.mac} `, signed.mac.slice(0, -4)]) expect(await vault.verify('audit', 'outbox', 'body', { ...signed, mac })).toBe(false)
})

test('under a salt, only the same subject of the same tenant opens; without it nobody does', async () => {
  const keyring = await newKeyring()
  const [{ vault }, other] = [await newVault(keyring), await newVault(keyring)]
  expect(await reasonOf(vault.withSalt('caller', 'cal_1'))).toBe('salt_missing')
  const salted = await vault.withNewSalt('caller', 'cal_1')
  const cell = await salted.seal(content, 'not_1', 'transcript')
  expect(await (await vault.withSalt('caller', 'cal_1')).open(content, 'not_1', cell)).toBe('transcript')
  expect(await (await vault.withNewSalt('caller', 'cal_1')).open(content, 'not_1', cell)).toBe('transcript')
  expect(await reasonOf(vault.open(content, 'not_1', cell))).toBe('not_authentic')
  expect(await reasonOf((await vault.withNewSalt('caller', 'cal_2')).open(content, 'not_1', cell))).toBe('not_authentic')
  expect(await reasonOf((await other.vault.withNewSalt('caller', 'cal_1')).open(content, 'not_1', cell))).toBe('not_authentic')
  expect(await reasonOf(salted.open(content, 'not_2', cell))).toBe('not_authentic')
  expect(await reasonOf(salted.open(content, 'not_1', await vault.seal(content, 'not_1', 'x')))).toBe('not_authentic')
})

test('destroying the salt is the erasure: even a salt made again under the same id opens nothing', async () => {
  const { vault, keyring, tenant } = await newVault()
  const cell = await (await vault.withNewSalt('caller', 'cal_1')).seal(content, 'not_1', 'transcript')
  await destroySalt(keyring.bucket, { tenant, kind: 'caller', id: 'cal_1' })
  expect(await reasonOf(vault.withSalt('caller', 'cal_1'))).toBe('salt_missing')
  expect(await reasonOf((await vault.withNewSalt('caller', 'cal_1')).open(content, 'not_1', cell))).toBe('not_authentic')
})

test('a salted value is resealed to a new version under its salt', async () => {
  const { vault, keyring, tenant } = await newVault()
  const salted = await vault.withNewSalt('caller', 'cal_1')
  const cell = await salted.seal(content, 'not_1', 'transcript')
  await addRootVersion(keyring, { tenant, root: 'seal', version: 2 })
  const moved = await salted.reseal(content, 'not_1', cell, 2)
  await destroyRootVersion(keyring, { tenant, root: 'seal', version: 1 })
  const later = await vaultAt(keyring, tenant, 2).withSalt('caller', 'cal_1')
  expect(await later.open(content, 'not_1', moved)).toBe('transcript')
})

test('a MAC that names a key version which never was is wrong, not an error', async () => {
  const { vault } = await newVault()
  const { mac } = await vault.sign('audit', 'use', 'message')
  for (const version of [2, 999_999, 0, -1, 1.5, Number.NaN]) expect(await vault.verify('audit', 'use', 'message', { mac, version })).toBe(false)
  expect(await vault.verify('audit', 'use', 'message', { mac, version: 1 })).toBe(true)
})
