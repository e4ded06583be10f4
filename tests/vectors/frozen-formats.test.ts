import { sha256 as sha256InBrowsers } from '@noble/hashes/sha2.js'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'

import { verifyExport } from '../../durable-objects/chain-export.ts'
import { verifyEd25519 } from '../../durable-objects/chain-signer.ts'
import { sealAad } from '../../worker/core/vault/aad.ts'
import { open } from '../../worker/core/vault/aead.ts'
import { blindIndex } from '../../worker/core/vault/blind-index.ts'
import { decryptStream } from '../../worker/core/vault/chunk-stream.ts'
import { deriveMacKey, deriveSealKey, deriveSubjectKey, importRoot, type SubKeyName } from '../../worker/core/vault/derive.ts'
import { importDocumentKey } from '../../worker/core/vault/document-key.ts'
import { readKeks } from '../../worker/core/vault/kek.ts'
import { rootPath, saltPath } from '../../worker/core/vault/key-path.ts'
import type { Sealed } from '../../worker/core/vault/sealed.ts'
import { parseWrapped, unwrapRoot, wrapRoot } from '../../worker/core/vault/wrap.ts'
import { keysBucket, newKeyring, vaultAt } from '../support/vault-scene.ts'

// Made once by this code and never again: what was sealed or exported under version 1 of a format must open for ever. A test
// here that fails means that customers' rows, documents or kept exports would no longer open. Make a new format instead.

const raw = (fill: number) => new Uint8Array(32).fill(fill)
const place = { tenant: 'tnt_frozen', sealName: 'core.frozen.contact', className: 'contact', rowId: 'row_1', version: 3 }
const name: SubKeyName = { purpose: 'seal', tenant: 'tnt_frozen', name: 'core.frozen.contact', className: 'contact', version: 3 }
const plaintext = new TextEncoder().encode('{"email":"ada@example.org"}')

const SEALED = '7mzxJbfadzlFFI7HvgqcaECp5AJ6q4aPP9n15Hj9hwa868tzcVL1PSfA+X+nzMlQsnZm70qzJg==' as Sealed // as a row holds it
const SALTED = 'PPuOfrF94p21VrVHhHuPyI6XilAP8mihiuynJ8HusQEkPUO7jqvOr6P8FpDEaEXNZ7ZBYNYLTQ==' as Sealed // as a row holds it
const INDEX = 'dDcWorEOjNploOIUy9kxxQ'

test('countersign.seal.v1, under a tenant key and under a salted one', async () => {
  const root = await importRoot(raw(1))
  expect(await open(await deriveSealKey(root, name), SEALED, sealAad(place))).toEqual({ ok: true, value: plaintext })
  expect(await open(await deriveSubjectKey(root, raw(2), name), SALTED, sealAad(place))).toEqual({ ok: true, value: plaintext })
})

test('a blind index: one that changed would find nobody', async () => {
  const key = await deriveMacKey(await importRoot(raw(1)), { purpose: 'index', tenant: 'tnt_frozen', name: 'core.frozen.email', version: 1 })
  expect(await blindIndex(key, 'ada@example.org')).toBe(INDEX)
})

test('the vault asks for its keys by these names', async () => {
  const keyring = await newKeyring()
  for (const id of [{ tenant: 'tnt_frozen', root: 'seal', version: 3 }, { tenant: 'tnt_frozen', root: 'index', version: 1 }] as const) {
    await keysBucket.put(rootPath(id), JSON.stringify(await wrapRoot(keyring.keks.newest, id, raw(1))))
  }
  await keysBucket.put(saltPath('tnt_frozen', 'caller', 'cal_1'), raw(2))
  const vault = vaultAt(keyring, 'tnt_frozen', 3)
  const field = { name: 'core.frozen.contact', class: 'contact' } as const
  expect(await vault.open(field, 'row_1', { sealed: SEALED, sealVersion: 3 })).toEqual({ email: 'ada@example.org' })
  expect(await (await vault.withSalt('caller', 'cal_1')).open(field, 'row_1', { sealed: SALTED, sealVersion: 3 })).toEqual({ email: 'ada@example.org' })
  expect(await vault.index('core.frozen.email', 'ada@example.org')).toBe(INDEX)
})

test('countersign.root.v1', async () => {
  const record = parseWrapped('{"format":"countersign.root.v1","kek":4,"sealed":"tVdqc1Qs5A3elZLVwA+s6brogj/TEm8LIpe53Xq/yRV9+l293ewEmuWM+2av97rGbjJmtSyzCxesn4uO"}')
  const keks = await readKeks({ KEK_4: btoa(String.fromCharCode(...raw(3))) })
  expect(record.ok && (await unwrapRoot(keks, { tenant: 'tnt_frozen', root: 'seal', version: 3 }, record.value))).toEqual({ ok: true, value: raw(1) })
})

test('countersign.chunk.v1', async () => {
  const stored = Uint8Array.from(atob('1cj17sinNwIGg9n/iRvSHn3VA64dBsAVPVgl3h7wuzcq8ZxImVoC'), (char) => char.charCodeAt(0))
  const plain = new Response(stored).body?.pipeThrough(decryptStream(await importDocumentKey(raw(4)), { tenant: 'tnt_frozen', objectId: 'doc_1' }, 11))
  expect(await new Response(plain).text()).toBe('frozen page')
})

const EXPORT_KEY = 'cs.example+b2611603+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c'
const EXPORT = [
  '{"exportedAt":1795000000000,"filter":null,"format":"countersign.audit.v1","origin":"cs.example/audit/tnt_a","size":4,"tenant":"tnt_a"}',
  '{"actor":{"id":"acc_1","kind":"member","role":"owner"},"at":1795000001000,"id":"evt_1","meta":{"count":1,"done":false},"n":1,"name":"core.member.role_changed","personal":null,"prev":"0000000000000000000000000000000000000000000000000000000000000000","subject":"mem_1","tenant":"tnt_a","v":1}',
  '{"leaf":"aca0c03261e0972560f80bd8dba34c476c8e46b4220560aee9323cedb8ff90ea","n":2}',
  '{"actor":{"id":"acc_1","kind":"member","role":null},"at":1795000003000,"id":"evt_3","meta":{"count":3,"done":false},"n":3,"name":"core.member.role_changed","personal":null,"prev":"aca0c03261e0972560f80bd8dba34c476c8e46b4220560aee9323cedb8ff90ea","subject":"mem_3","tenant":"tnt_a","v":1}',
  '{"actor":{"id":"acc_1","kind":"member","role":"owner"},"at":1795000004000,"id":"evt_4","meta":{"count":4,"done":true},"n":4,"name":"core.member.role_changed","personal":null,"prev":"a1dd2240bbee409d34b97361fe5e3b1f45d9cb4992a1635633fcecf2a3e61e99","subject":"mem_4","tenant":"tnt_a","v":1}',
  '{"checkpoint":"cs.example/audit/tnt_a\\n4\\nI372RasPmaQMW/x8OGew1blsGgNO4X0feL22bYUurcc=\\ntime 1795000004000\\n\\n— cs.example smEWA1Xf/CYUrNKVt2c95FbInbPBYYT2WomfVBJmwXp6B3/Au5PwGdo22d6fj29l0oazDM81lTGidC/DRc2XcOXuLQk=\\n"}',
]

test.each([
  ['node:crypto', (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()],
  ["the browser's SHA-256", sha256InBrowsers],
])('countersign.audit.v1, with %s', async (_, sha256) => {
  const verdict = await verifyExport(EXPORT, EXPORT_KEY, { sha256, verify: verifyEd25519 })
  expect(verdict).toMatchObject({ state: 'complete', tenant: 'tnt_a', size: 4, shown: 3, leftOut: 1, signedAt: 1_795_000_004_000 })
})
