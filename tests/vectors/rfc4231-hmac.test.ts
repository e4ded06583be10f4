import { expect, test } from 'vitest'

import { importMacKey, macSign, macVerify } from '../../worker/core/vault/mac.ts'
import { flipBit, hex, toHex } from './hex.ts'

// RFC 4231 §4, HMAC-SHA-256. Case 5 is printed cut to 128 bits.
const VECTORS = [
  { name: '1', key: '0b'.repeat(20), data: '4869205468657265', mac: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7' },
  { name: '2', key: '4a656665', data: '7768617420646f2079612077616e7420666f72206e6f7468696e673f', mac: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843' },
  { name: '3', key: 'aa'.repeat(20), data: 'dd'.repeat(50), mac: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe' },
  { name: '4', key: '0102030405060708090a0b0c0d0e0f10111213141516171819', data: 'cd'.repeat(50), mac: '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b' },
  { name: '5', key: '0c'.repeat(20), data: '546573742057697468205472756e636174696f6e', mac: 'a3b6167473100ee06e0c796c2955552b' },
  { name: '6', key: 'aa'.repeat(131), data: '54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374', mac: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54' },
  {
    name: '7',
    key: 'aa'.repeat(131),
    data: '5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e',
    mac: '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  },
]

test.each(VECTORS)('RFC 4231 case $name', async ({ key, data, mac }) => {
  const signed = toHex(await macSign(await importMacKey(hex(key)), hex(data)))
  expect(signed.slice(0, mac.length)).toBe(mac)
})

test('every bit flip of MAC and message, and every shortened MAC, is refused', async () => {
  const key = await importMacKey(hex('4a656665'))
  const message = hex('7768617420646f2079612077616e7420666f72206e6f7468696e673f')
  const mac = await macSign(key, message)
  expect(await macVerify(key, message, mac)).toBe(true)
  for (let bit = 0; bit < 256; bit += 1) expect(await macVerify(key, message, flipBit(mac, bit))).toBe(false)
  for (let bit = 0; bit < message.length * 8; bit += 1) expect(await macVerify(key, flipBit(message, bit), mac)).toBe(false)
  for (let length = 0; length < 32; length += 1) expect(await macVerify(key, message, mac.subarray(0, length))).toBe(false)
})

test('an empty secret signs nothing', async () => {
  await expect(importMacKey(new Uint8Array(0))).rejects.toMatchObject({ reason: 'wrong_size' })
})
