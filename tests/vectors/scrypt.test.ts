import { scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'

// RFC 7914 §12. The last vector (N=2^20) is above what workerd allows and is left out.
const vectors = [
  { password: '', salt: '', N: 16, r: 1, p: 1, key: '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906' },
  { password: 'password', salt: 'NaCl', N: 1024, r: 8, p: 16, key: 'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640' },
  { password: 'pleaseletmein', salt: 'SodiumChloride', N: 16384, r: 8, p: 1, key: '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887' },
]

for (const { password, salt, N, r, p, key } of vectors)
  test(`scrypt in workerd agrees with RFC 7914 §12 for N=${N}, r=${r}, p=${p}`, () => {
    expect(scryptSync(password, salt, 64, { N, r, p, maxmem: 256 * N * r }).toString('hex')).toBe(key)
  })

test('workerd refuses scrypt above the cost that production refuses, so the vector for N=2^20 cannot run here', () => {
  expect(() => scryptSync('pleaseletmein', 'SodiumChloride', 64, { N: 1048576, r: 8, p: 1, maxmem: 2 ** 31 })).toThrow()
})
