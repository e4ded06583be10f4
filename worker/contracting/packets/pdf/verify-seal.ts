import { createHash, verify } from 'node:crypto'
import { derValues, derWithin, type Der } from './der.ts'
import type { SealKey } from './seal-key.ts'
import { sealsIn, type FoundSeal } from './contract.ts'

/**
 * What our seal says of a file. `whole`: exactly what was sealed. `extended`: that, and something appended since. `changed`: a byte under it is
 * another. `none`: no seal of this key.
 */
export type SealVerdict = { readonly verdict: 'whole' | 'none' } | { readonly verdict: 'extended'; readonly appendedBytes: number } | { readonly verdict: 'changed' }

/** Verify the deployment's own seal over a whole file (RFC 5652 §5.4): the digest of what it covers, the signature over that, and that it covers everything. */
export function verifySeal(file: Uint8Array, key: Pick<SealKey, 'certificate' | 'publicKey'>, seals: readonly FoundSeal[] = sealsIn(file)): SealVerdict {
  const ours = seals.find((seal) => isOf(seal, key.certificate))
  if (!ours) return { verdict: 'none' }
  const [start, length, next, rest] = ours.range
  const end = next + rest
  if (start !== 0 || length > next || end > file.length || !ours.clean || !isGenuine(ours, file, key)) return { verdict: 'changed' }
  return end < file.length ? { verdict: 'extended', appendedBytes: file.length - end } : { verdict: 'whole' }
}

/** Whether a seal carries a certificate, byte for byte. */
const isOf = ({ contents }: FoundSeal, certificate: Uint8Array): boolean => Buffer.from(contents).includes(certificate)

function isGenuine({ range: [start, length, next, rest], contents }: FoundSeal, file: Uint8Array, { publicKey }: Pick<SealKey, 'publicKey'>): boolean {
  try {
    const { signedAttributes, digest, signature } = signerOf(contents)
    const covered = createHash('sha256').update(file.subarray(start, start + length)).update(file.subarray(next, next + rest)).digest()
    return covered.equals(digest) && verify('sha256', signedAttributes, publicKey, signature)
  } catch {
    return false
  }
}

const MESSAGE_DIGEST = Buffer.from('06092a864886f70d010904', 'hex')

/** The one signer of a CMS SignedData: its attributes as they are signed (as a SET OF), the digest they name, the signature. */
function signerOf(cms: Uint8Array): { signedAttributes: Uint8Array; digest: Buffer; signature: Uint8Array } {
  const [, explicit] = derWithin(derValues(cms)[0])
  const signers = derWithin(derWithin(explicit)[0]).findLast(({ tag }) => tag === 0x31)
  const parts = derWithin(derWithin(signers)[0])
  const at = parts.findIndex(({ tag }) => tag === 0xa0)
  const attributes = parts[at]
  const signature = parts.slice(at).find(({ tag }) => tag === 0x04)
  if (at === -1 || !attributes || !signature) throw new RangeError('no signed attributes')
  const digest = derWithin(attributes).find((attribute: Der) => Buffer.from(attribute.content.subarray(0, MESSAGE_DIGEST.length)).equals(MESSAGE_DIGEST))
  const [value] = derWithin(derWithin(digest)[1])
  if (!value) throw new RangeError('no message digest')
  return { signedAttributes: Uint8Array.from([0x31, ...attributes.whole.subarray(1)]), digest: Buffer.from(value.content), signature: signature.content }
}
