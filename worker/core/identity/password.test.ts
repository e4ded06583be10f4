import { compareSync } from 'bcryptjs'
import { scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { newIsolate } from '../reach.ts'
import { HASH_COST, hashPassword, needsRehash, verifyPassword } from './password.ts'

const password = 'correct horse battery staple'

test('a password is kept as a scrypt PHC string that an independent reading of it verifies', async () => {
  const kept = await hashPassword(password, 'scrypt')
  const [, ln, r, p, salt = '', key = ''] = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(kept) ?? []
  expect([ln, r, p]).toEqual(['15', '8', '3'])
  const again = scryptSync(password, Buffer.from(salt, 'base64'), 32, { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 })
  expect(again.toString('base64').replaceAll('=', '')).toBe(key)
})

test('the same password twice gives two strings, and each verifies only its own password', async () => {
  const [one, two] = [await hashPassword(password, 'scrypt'), await hashPassword(password, 'scrypt')]
  expect(one).not.toBe(two)
  expect(await verifyPassword(password, one)).toBe(true)
  expect(await verifyPassword(`${password} `, one)).toBe(false)
  expect(await verifyPassword(password.toUpperCase(), two)).toBe(false)
})

test('under the bcrypt policy it is bcrypt of cost 12 that an independent bcrypt verifies', async () => {
  const kept = await hashPassword(password, 'bcrypt12')
  expect(kept).toMatch(/^\$2b\$12\$/)
  expect(compareSync(password, kept)).toBe(true)
  expect(await verifyPassword(password, kept)).toBe(true)
  expect(await verifyPassword('something else', kept)).toBe(false)
})

test('a password longer than bcrypt reads is not cut: it is hashed with scrypt', async () => {
  const long = 'ä'.repeat(40)
  const kept = await hashPassword(long, 'bcrypt12')
  expect(kept).toMatch(/^\$scrypt\$/)
  expect(await verifyPassword(long, kept)).toBe(true)
  expect(await verifyPassword(long.slice(0, 36), kept)).toBe(false)
  expect(needsRehash(kept, long, 'bcrypt12')).toBe(false)
})

test('the composed and the decomposed spelling of a letter are one password', async () => {
  const kept = await hashPassword('Zürich Straßenbahn', 'scrypt')
  expect(await verifyPassword('Zu\u0308rich Straßenbahn', kept)).toBe(true)
})

test('nobody, garbage and a string too dear to compute all answer false', async () => {
  expect(await verifyPassword(password, null)).toBe(false)
  for (const kept of ['', 'plain', '$scrypt$ln=15,r=8,p=3$short$short', '$2b$31$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi', `$scrypt$ln=17,r=255,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`])
    expect(await verifyPassword(password, kept)).toBe(false)
})

test('a hash above 2^20 steps or 32 MiB is neither made nor computed again, whoever wrote its parameters', async () => {
  for (const cost of [{ ln: 17, r: 8, p: 1 }, { ln: 15, r: 9, p: 1 }, { ln: 15, r: 8, p: 5 }]) {
    await expect(hashPassword(password, 'scrypt', { ...cost, bcrypt: 12 })).rejects.toThrow(RangeError)
    // Of this password and salt, made elsewhere: right, and refused all the same.
    const made = scryptSync(password, Buffer.alloc(16), 32, { N: 2 ** 10, r: 8, p: 1 }).toString('base64').replace('=', '')
    expect(await verifyPassword(password, `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${'A'.repeat(22)}$${made}`)).toBe(false)
  }
  const dearest = scryptSync(password, Buffer.alloc(16), 32, { N: 2 ** 15, r: 8, p: 4, maxmem: 2 ** 26 }).toString('base64').replace('=', '')
  expect(await verifyPassword(password, `$scrypt$ln=15,r=8,p=4$${'A'.repeat(22)}$${dearest}`)).toBe(true)
})

test('every single character of a stored hash counts', async () => {
  const kept = await hashPassword(password, 'scrypt')
  const at = kept.length - 20
  const other = kept[at] === 'A' ? 'B' : 'A'
  expect(await verifyPassword(password, `${kept.slice(0, at)}${other}${kept.slice(at + 1)}`)).toBe(false)
})

test('a hash made under other parameters or another policy is due for a new one', async () => {
  const scrypt = await hashPassword(password, 'scrypt')
  expect(needsRehash(scrypt, password, 'scrypt')).toBe(false)
  expect(needsRehash(scrypt, password, 'bcrypt12')).toBe(true)
  expect(needsRehash(scrypt.replace('ln=15', 'ln=14'), password, 'scrypt')).toBe(true)
  expect(needsRehash('$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi', password, 'scrypt')).toBe(true)
})

test('the Worker that people use spends the full cost', () => {
  expect(HASH_COST).toEqual({ ln: 15, r: 8, p: 3, bcrypt: 12 })
  expect(newIsolate().hashes.cost).toBe(HASH_COST)
})
