import { createPrivateKey, createPublicKey, sign, X509Certificate, type KeyObject } from 'node:crypto'
import type { Signer } from '@libpdf/core'

/** What seals packets: a P-256 key and the X.509 certificate made for it at set-up. */
export type SealKey = { readonly certificate: Uint8Array; readonly publicKey: KeyObject; readonly sealedBy: string; readonly signer: Signer }

/**
 * The secret `PDF_SEAL_KEY`: base64 of a PKCS#8 key, a dot, base64 of its certificate, both DER. Throws a TypeError for anything else, and for a
 * certificate of another key. The key signs seals and nothing else.
 */
export function readSealKey(secret: string): SealKey {
  const [key = '', der = ''] = secret.replace(/^dev:/, '').split('.')
  const privateKey = createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' })
  const certificate = new Uint8Array(Buffer.from(der, 'base64'))
  const publicKey = createPublicKey(privateKey)
  const read = new X509Certificate(certificate)
  if (!spkiOf(read.publicKey).equals(spkiOf(publicKey))) throw new TypeError('the certificate in PDF_SEAL_KEY belongs to another key')
  return {
    certificate,
    publicKey,
    sealedBy: /CN=([^\n,]+)/.exec(read.subject)?.[1] ?? 'Countersign packet seal',
    signer: {
      certificate,
      keyType: 'EC',
      signatureAlgorithm: 'ECDSA',
      sign: async (message, algorithm) => new Uint8Array(sign(algorithm.replace('-', '').toLowerCase(), message, privateKey)),
    },
  }
}

const spkiOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }) as Buffer // `as`: DER is a buffer
