import { compare, hash as bcrypt } from 'bcryptjs'
import { Buffer } from 'node:buffer'
import { scrypt, timingSafeEqual } from 'node:crypto'
import { randomBytes } from '../vault/bytes.ts'

/** How a password is hashed: a tenant's policy. */
export type PasswordHashing = 'scrypt' | 'bcrypt12'

/** What a hash costs: scrypt's parameters (RFC 7914) and bcrypt's. */
export type HashCost = { readonly ln: number; readonly r: number; readonly p: number; readonly bcrypt: number }

/** 32 MiB and a quarter of a second. workerd refuses N*r*p above 2^20. Tests of everything but the hash spend less. */
export const HASH_COST: HashCost = { ln: 15, r: 8, p: 3, bcrypt: 12 }

/** bcrypt reads no further than this; a longer password is hashed with scrypt rather than cut. */
const BCRYPT_BYTES = 72
const SALT_BYTES = 16
const KEY_BYTES = 32

/** Parameters another system may have used, within what an isolate of 128 MB may spend: workerd's own bound on N*r*p, and 32 MiB. */
const LIMITS = { product: 2 ** 20, bytes: 32 * 1024 * 1024 }

const isTooDear = ({ ln, r, p }: Cost): boolean => 2 ** ln * r * p > LIMITS.product || 128 * 2 ** ln * r > LIMITS.bytes

/** A hash of nobody's password: an address without an account costs an attacker as much as one with. */
const nobody = ({ ln, r, p }: HashCost): string => `$scrypt$ln=${ln},r=${r},p=${p}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** The PHC string of a password (NFC), made with a new salt. Call only inside the isolate's HashQueue. */
export async function hashPassword(password: string, hashing: PasswordHashing, cost = HASH_COST): Promise<string> {
  const spelled = password.normalize('NFC')
  if (usesBcrypt(spelled, hashing)) return bcrypt(spelled, cost.bcrypt)
  const salt = randomBytes(SALT_BYTES)
  return phc(cost, salt, await derive(spelled, salt, cost))
}

/**
 * Whether a password is the one behind a PHC or bcrypt string. `null` (no account, or no password) takes as long and is
 * false; so is a string we cannot read. Call only inside the isolate's HashQueue.
 */
export async function verifyPassword(password: string, kept: string | null, cost = HASH_COST): Promise<boolean> {
  const spelled = password.normalize('NFC')
  const hash = kept ?? nobody(cost)
  if (/^\$2[aby]\$(0[4-9]|1[0-4])\$/.test(hash)) return (await compare(spelled, hash)) && Buffer.byteLength(spelled) <= BCRYPT_BYTES
  const parts = readPhc(hash)
  if (!parts) return false
  const derived = await derive(spelled, parts.salt, parts)
  return derived.length === parts.key.length && timingSafeEqual(derived, parts.key) && kept !== null
}

/** Whether a right password should be hashed again, because the policy says otherwise now. */
export function needsRehash(kept: string, password: string, hashing: PasswordHashing, cost = HASH_COST): boolean {
  if (usesBcrypt(password.normalize('NFC'), hashing)) return !kept.startsWith(`$2b$${String(cost.bcrypt).padStart(2, '0')}$`)
  const parts = readPhc(kept)
  return !parts || parts.ln !== cost.ln || parts.r !== cost.r || parts.p !== cost.p
}

type Cost = Pick<HashCost, 'ln' | 'r' | 'p'>

const usesBcrypt = (spelled: string, hashing: PasswordHashing): boolean => hashing === 'bcrypt12' && Buffer.byteLength(spelled) <= BCRYPT_BYTES

/** scrypt (RFC 7914) of a password, 32 bytes. */
async function derive(password: string, salt: Uint8Array, { ln, r, p }: Cost): Promise<Buffer> {
  if (isTooDear({ ln, r, p })) throw new RangeError('a hash dearer than an isolate may spend')
  const options = { N: 2 ** ln, r, p, maxmem: 128 * r * 2 ** ln + 2 ** 20 }
  return new Promise((resolve, reject) => scrypt(password, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key))))
}

const phc = ({ ln, r, p }: Cost, salt: Uint8Array, key: Uint8Array): string => `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(key)}`

/** The parts of a scrypt PHC string, or null for anything else or anything too dear. */
function readPhc(text: string): (Cost & { salt: Buffer; key: Buffer }) | null {
  const [, ln, r, p, salt = '', key = ''] = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/.exec(text) ?? []
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) }
  if (ln === undefined || cost.ln < 1 || cost.r < 1 || cost.p < 1 || isTooDear(cost)) return null
  return { ...cost, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') }
}

// The PHC string format has base64 without padding.
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '')
