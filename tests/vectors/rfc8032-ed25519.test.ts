import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'

import { importSigner, verifyEd25519 } from '../../durable-objects/chain-signer.ts'
import type { Sha256 } from '../../durable-objects/chain-tree.ts'
import { flipBit, hex, toHex } from './hex.ts'

// RFC 8032 §7.1, TEST 1, 2, 3 and SHA(abc).
const VECTORS = [
  {
    name: '1',
    secret: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature: 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    name: '2',
    secret: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature: '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    name: '3',
    secret: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature: '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
  {
    name: 'SHA(abc)',
    secret: '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    publicKey: 'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    message:
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    signature: 'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  },
]

const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest()
/** PKCS#8 of a raw Ed25519 secret (RFC 8410 §7), base64, as the signing secret is configured. */
const pkcs8 = (secret: string) => btoa(String.fromCharCode(...hex(`302e020100300506032b657004220420${secret}`)))

test.each(VECTORS)('RFC 8032 $name is signed and verified', async ({ secret, publicKey, message, signature }) => {
  const signer = await importSigner(pkcs8(secret), 'example.org', sha256)
  expect(toHex(signer.key.publicKey)).toBe(publicKey)
  expect(toHex(await signer.sign(hex(message)))).toBe(signature)
  expect(await verifyEd25519(hex(publicKey), hex(signature), hex(message))).toBe(true)
})

test('every bit flip of signature, message and key is refused', async () => {
  const { publicKey, message, signature } = { publicKey: hex(VECTORS[2]?.publicKey ?? ''), message: hex('af82'), signature: hex(VECTORS[2]?.signature ?? '') }
  const refused = async (...claim: Parameters<typeof verifyEd25519>) => {
    try {
      return !(await verifyEd25519(...claim))
    } catch {
      return true // a changed key need not be a point of the curve
    }
  }
  for (let bit = 0; bit < 512; bit += 1) expect(await refused(publicKey, flipBit(signature, bit), message)).toBe(true)
  for (let bit = 0; bit < 16; bit += 1) expect(await refused(publicKey, signature, flipBit(message, bit))).toBe(true)
  for (let bit = 0; bit < 256; bit += 1) expect(await refused(flipBit(publicKey, bit), signature, message)).toBe(true)
})

test('a signature with S at or above the group order is refused (RFC 8032 §5.1.7)', async () => {
  // S + L signs the same message to a verifier that skips the range check, so that one entry would have two signatures.
  const order = 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn
  const signature = hex(VECTORS[1]?.signature ?? '')
  let s = 0n
  for (let at = 63; at >= 32; at -= 1) s = (s << 8n) | BigInt(signature[at] ?? 0)
  s += order
  for (let at = 32; at < 64; at += 1) {
    signature[at] = Number(s & 0xffn)
    s >>= 8n
  }
  expect(await verifyEd25519(hex(VECTORS[1]?.publicKey ?? ''), signature, hex('72'))).toBe(false)
})

test('what is no Ed25519 key makes no signer', async () => {
  for (const secret of ['', 'AAAA', pkcs8('00'), btoa('not a key at all, but long enough to be one')]) {
    await expect(importSigner(secret, 'example.org', sha256)).rejects.toThrow()
  }
})
