import { Buffer } from 'node:buffer'
import { utf8 } from '../../core/vault/bytes.ts'
import { importMacKey, macSign } from '../../core/vault/mac.ts'

/**
 * The id of a message whose dialler gives it none: the same for the same bytes, by which a second one does nothing. Keyed with
 * the connection's secret, for it is kept for a month after the call is forgotten, and a bare hash of a message, of which all
 * but six digits of a number can be known, tells them to whoever tries a million.
 */
export const messageId = async (secret: string, message: Uint8Array): Promise<string> => Buffer.from(await macSign(await importMacKey(utf8(secret)), Buffer.concat([utf8('message id\n'), message]))).toString('hex')
