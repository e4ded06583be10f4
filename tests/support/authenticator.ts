import { Buffer } from 'node:buffer'

/**
 * A passkey authenticator in software, to the letter of WebAuthn Level 3 §6 (ES256, attestation `none`): what a phone or a
 * key would answer, without a browser around it.
 */
export type Authenticator = {
  register(options: { challenge: string; user: { id: string } }, quirks?: Quirks): Promise<string>
  sign(options: { challenge: string }, quirks?: Quirks): Promise<string>
}

/** What a dishonest page or device might do. */
export type Quirks = { origin?: string; rpId?: string; userVerified?: boolean; counter?: number; handle?: string }

export async function newAuthenticator(origin: string): Promise<Authenticator> {
  const keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) as CryptoKeyPair // `as`: an asymmetric algorithm yields a pair
  const raw = Buffer.from((await crypto.subtle.exportKey('raw', keys.publicKey)) as ArrayBuffer) // `as`: raw, not jwk
  const id = Buffer.from(crypto.getRandomValues(new Uint8Array(16)))
  const rpIdOf = (quirks: Quirks) => quirks.rpId ?? new URL(origin).hostname
  let counter = 0
  let user = ''

  const clientData = (type: string, challenge: string, quirks: Quirks) => Buffer.from(JSON.stringify({ type, challenge, origin: quirks.origin ?? origin, crossOrigin: false }))
  const authData = async (quirks: Quirks, attested: Buffer) => {
    counter = quirks.counter ?? counter + 1
    const flags = 0x01 | (quirks.userVerified === false ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([await sha256(Buffer.from(rpIdOf(quirks))), Buffer.from([flags]), count, attested])
  }

  return {
    async register(options, quirks = {}) {
      user = options.user.id
      const idLength = Buffer.alloc(2)
      idLength.writeUInt16BE(id.length)
      // COSE_Key (RFC 9053 §7.1.1): kty 2, alg -7, crv 1, x, y.
      const cose = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), raw.subarray(1, 33), Buffer.from('225820', 'hex'), raw.subarray(33)])
      const data = await authData(quirks, Buffer.concat([Buffer.alloc(16), idLength, id, cose]))
      const attestationObject = Buffer.concat([Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'), Buffer.from([data.length]), data])
      const clientDataJSON = clientData('webauthn.create', options.challenge, quirks)
      return JSON.stringify({
        ...head(id),
        response: { clientDataJSON: clientDataJSON.toString('base64url'), attestationObject: attestationObject.toString('base64url'), transports: ['internal'] },
      })
    },
    async sign(options, quirks = {}) {
      const clientDataJSON = clientData('webauthn.get', options.challenge, quirks)
      const authenticatorData = await authData(quirks, Buffer.alloc(0))
      const signed = Buffer.concat([authenticatorData, await sha256(clientDataJSON)])
      const signature = der(Buffer.from(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, new Uint8Array(signed))))
      return JSON.stringify({
        ...head(id),
        response: {
          clientDataJSON: clientDataJSON.toString('base64url'),
          authenticatorData: authenticatorData.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: quirks.handle ?? user,
        },
      })
    },
  }
}

const head = (id: Buffer) => ({ id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key', clientExtensionResults: {} })

const sha256 = async (bytes: Buffer): Promise<Buffer> => Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))

/** WebCrypto signs as r || s, authenticators as an ASN.1 sequence (WebAuthn Level 3 §6.5.5). */
function der(pair: Buffer): Buffer {
  const integers = [pair.subarray(0, 32), pair.subarray(32)].map((part) => {
    let from = 0
    while (from < part.length - 1 && part[from] === 0) from += 1
    const bare = part.subarray(from)
    const value = (bare[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bare]) : bare
    return Buffer.concat([Buffer.from([0x02, value.length]), value])
  })
  const body = Buffer.concat(integers)
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}
