// The certificate library's own dependency asks for it before everything else.
import 'reflect-metadata'

import { createPrivateKey, createPublicKey } from 'node:crypto'

import { KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/**
 * The certificate of a deployment's seal, DER: self-signed, for ten years, in the name of its host. Nobody vouches for it but whoever runs the
 * deployment; a reader of a PDF shows that name and says so.
 */
export async function sealCertificate(pkcs8: Buffer, host: string): Promise<Buffer> {
  const spki = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })).export({ format: 'der', type: 'spki' })
  const keys = {
    privateKey: await crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), algorithm, false, ['sign']),
    publicKey: await crypto.subtle.importKey('spki', new Uint8Array(spki), algorithm, true, ['verify']),
  }
  const from = new Date()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=Countersign packet seal ${host}`,
    notBefore: from,
    notAfter: new Date(Date.UTC(from.getUTCFullYear() + 10, from.getUTCMonth(), from.getUTCDate())),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation, true)],
  })
  return Buffer.from(certificate.rawData)
}
