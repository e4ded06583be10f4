import { expect, test } from 'vitest'

import { openBytes } from '../../worker/core/vault/aead.ts'
import { evidence } from '../support/evidence.ts'
import { flipBit, hex, toHex } from './hex.ts'

// NIST CAVP, gcmtestvectors.zip, gcmEncryptExtIV256.rsp: Keylen 256, IVlen 96, Taglen 128, named by PTlen/AADlen/Count.
// Sealing takes no nonce, so a vector is shown by opening it: GCM is deterministic, and only the right bytes authenticate.
type Vector = { name: string; key: string; iv: string; pt: string; aad: string; ct: string; tag: string }
const VECTORS: Vector[] = [
  { name: '0/0/0', key: 'b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4', iv: '516c33929df5a3284ff463d7', pt: '', aad: '', ct: '', tag: 'bdc1ac884d332457a1d2664f168c76f0' },
  { name: '0/0/1', key: '5fe0861cdc2690ce69b3658c7f26f8458eec1c9243c5ba0845305d897e96ca0f', iv: '770ac1a5a3d476d5d96944a1', pt: '', aad: '', ct: '', tag: '196d691e1047093ca4b3d2ef4baba216' },
  { name: '0/128/0', key: '78dc4e0aaf52d935c3c01eea57428f00ca1fd475f5da86a49c8dd73d68c8e223', iv: 'd79cf22d504cc793c3fb6c8a', pt: '', aad: 'b96baa8c1c75a671bfb2d08d06be5f36', ct: '', tag: '3e5d486aa2e30b22e040b85723a06e76' },
  { name: '0/128/1', key: '4457ff33683cca6ca493878bdc00373893a9763412eef8cddb54f91318e0da88', iv: '699d1f29d7b8c55300bb1fd2', pt: '', aad: '6749daeea367d0e9809e2dc2f309e6e3', ct: '', tag: 'd60c74d2517fde4a74e0cd4709ed43a9' },
  { name: '128/0/0', key: '31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22', iv: '0d18e06c7c725ac9e362e1ce', pt: '2db5168e932556f8089a0622981d017d', aad: '', ct: 'fa4362189661d163fcd6a56d8bf0405a', tag: 'd636ac1bbedd5cc3ee727dc2ab4a9489' },
  { name: '128/0/1', key: '460fc864972261c2560e1eb88761ff1c992b982497bd2ac36c04071cbb8e5d99', iv: '8a4a16b9e210eb68bcb6f58d', pt: '99e4e926ffe927f691893fb79a96b067', aad: '', ct: '133fc15751621b5f325c7ff71ce08324', tag: 'ec4e87e0cf74a13618d0b68636ba9fa7' },
  { name: '128/128/0', key: '92e11dcdaa866f5ce790fd24501f92509aacf4cb8b1339d50c9c1240935dd08b', iv: 'ac93a1a6145299bde902f21a', pt: '2d71bcfa914e4ac045b2aa60955fad24', aad: '1e0889016f67601c8ebea4943bc23ad6', ct: '8995ae2e6df3dbf96fac7b7137bae67f', tag: 'eca5aa77d51d4a0a14d9c51e1da474ab' },
  { name: '104/0/0', key: '82c4f12eeec3b2d3d157b0f992d292b237478d2cecc1d5f161389b97f999057a', iv: '7b40b20f5f397177990ef2d1', pt: '982a296ee1cd7086afad976945', aad: '', ct: 'ec8e05a0471d6b43a59ca5335f', tag: '113ddeafc62373cac2f5951bb9165249' },
  { name: '408/160/0', key: '24501ad384e473963d476edcfe08205237acfd49b5b8f33857f8114e863fec7f', iv: '9ff18563b978ec281b3f2794', pt: '27f348f9cdc0c5bd5e66b1ccb63ad920ff2219d14e8d631b3872265cf117ee86757accb158bd9abb3868fdc0d0b074b5f01b2c', aad: 'adb5ec720ccf9898500028bf34afccbcaca126ef', ct: 'eb7cb754c824e8d96f7c6d9b76c7d26fb874ffbf1d65c6f64a698d839b0b06145dae82057ad55994cf59ad7f67c0fa5e85fab8', tag: 'bc95c532fecc594c36d1550286a7a3f0' },
  { name: '408/720/0', key: '148579a3cbca86d5520d66c0ec71ca5f7e41ba78e56dc6eebd566fed547fe691', iv: 'b08a5ea1927499c6ecbfd4e0', pt: '9d0b15fdf1bd595f91f8b3abc0f7dec927dfd4799935a1795d9ce00c9b879434420fe42c275a7cd7b39d638fb81ca52b49dc41', aad: 'e4f963f015ffbb99ee3349bbaf7e8e8e6c2a71c230a48f9d59860a29091d2747e01a5ca572347e247d25f56ba7ae8e05cde2be3c97931292c02370208ecd097ef692687fecf2f419d3200162a6480a57dad408a0dfeb492e2c5d', ct: '2097e372950a5e9383c675e89eea1c314f999159f5611344b298cda45e62843716f215f82ee663919c64002a5c198d7878fd3f', tag: 'adbecdb0d5c2224d804d2886ff9a5760' },
]

function aesKey(raw: Uint8Array<ArrayBuffer>, name = 'AES-GCM'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, name, false, ['encrypt', 'decrypt'])
}

const stored = (vector: Vector) => hex(vector.iv + vector.ct + vector.tag)

test.each(VECTORS)('NIST GCM $name opens to its plaintext', async (vector) => {
  const opened = await openBytes(await aesKey(hex(vector.key)), stored(vector), hex(vector.aad))
  expect(opened.ok && toHex(opened.value)).toBe(vector.pt)
})

test.each(VECTORS)('NIST GCM $name: every bit flip of nonce, ciphertext, tag and AAD is refused', async (vector) => {
  const key = await aesKey(hex(vector.key))
  const bytes = stored(vector)
  const aad = hex(vector.aad)
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    expect(await openBytes(key, flipBit(bytes, bit), aad)).toEqual({ ok: false, reason: 'not_authentic' })
  }
  for (let bit = 0; bit < aad.length * 8; bit += 1) {
    expect(await openBytes(key, bytes, flipBit(aad, bit))).toEqual({ ok: false, reason: 'not_authentic' })
  }
  evidence('G10', `NIST GCM ${vector.name} in workerd`, { agreed: 1, 'bit flips refused': (bytes.length + aad.length) * 8 })
})

test.each(VECTORS)('NIST GCM $name: every truncation and every extension is refused', async (vector) => {
  const key = await aesKey(hex(vector.key))
  const bytes = stored(vector)
  for (let length = 0; length < bytes.length; length += 1) {
    expect((await openBytes(key, bytes.subarray(0, length), hex(vector.aad))).ok).toBe(false)
    expect((await openBytes(key, bytes.subarray(bytes.length - length), hex(vector.aad))).ok).toBe(false)
  }
  expect((await openBytes(key, new Uint8Array([...bytes, 0]), hex(vector.aad))).ok).toBe(false)
})

test('a 32-bit tag, which WebCrypto would take, is refused', async () => {
  const key = await aesKey(hex(VECTORS[4]?.key ?? ''))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const short = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, tagLength: 32 }, key, new Uint8Array(32)))
  const opened = await openBytes(key, new Uint8Array([...iv, ...short]), new Uint8Array(0))
  expect(opened).toEqual({ ok: false, reason: 'not_authentic' })
})

test('keys of other sizes and kinds are refused before they touch data', async () => {
  const bytes = new Uint8Array(64)
  for (const key of [await aesKey(new Uint8Array(16)), await aesKey(new Uint8Array(24)), await aesKey(new Uint8Array(32), 'AES-CBC')]) {
    expect(await openBytes(key, bytes, new Uint8Array(0))).toEqual({ ok: false, reason: 'wrong_key_kind' })
  }
})
