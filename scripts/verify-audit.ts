// npm run verify-audit -- EXPORT --key KEY [--seen CHECKPOINT]
// Verifies an audit export offline. Exit code 0: complete. 1: broken, or not what the kept checkpoint says. 2: could not be tried.
import { createPublicKey, hash, verify as verifySignature } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'

import { verifyExport } from '../durable-objects/chain-export.ts'
import { linesOf } from '../durable-objects/chain-lines.ts'
import type { Verify } from '../durable-objects/chain-note.ts'
import type { Sha256 } from '../durable-objects/chain-tree.ts'
import { verdictInWords } from '../durable-objects/chain-words.ts'

const USAGE = `Usage: npm run verify-audit -- EXPORT --key KEY [--seen CHECKPOINT]

  EXPORT      an NDJSON export of the audit log
  KEY         the deployment's verifier key, or a file that holds it (it is printed on /trust)
  CHECKPOINT  a file with a signed checkpoint you kept earlier; an export that does not extend it is refused`

const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer')

const verify: Verify = (publicKey, signature, message) => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }
  return verifySignature(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature)
}

process.exitCode = await run(process.argv.slice(2))

async function run(args: string[]): Promise<number> {
  const asked = read(args)
  if (typeof asked === 'string') {
    console.error(asked)
    return 2
  }
  try {
    const verdict = await verifyExport(linesOf(createReadStream(asked.file)), asked.key, { sha256, verify, ...asked.seen })
    console.log(verdictInWords(verdict))
    if (verdict.state === 'complete') return 0
    return verdict.reason === 'key_malformed' ? 2 : 1
  } catch (thrown) {
    if (thrown instanceof TypeError || thrown instanceof RangeError) {
      console.log('broken: this file is not UTF-8 text in lines.')
      return 1
    }
    console.error(`${asked.file} cannot be read.`)
    return 2
  }
}

/** What was asked for, or the sentence that says why it cannot be tried. */
function read(args: string[]): { file: string; key: string; seen: { seen?: string } } | string {
  let given
  try {
    given = parseArgs({ args, allowPositionals: true, options: { key: { type: 'string' }, seen: { type: 'string' } } })
  } catch {
    return USAGE
  }
  const [file, ...more] = given.positionals
  const { key, seen } = given.values
  if (file === undefined || more.length > 0 || key === undefined) return USAGE
  if (!isFile(file)) return `There is no file ${file}.`
  if (seen !== undefined && !isFile(seen)) return `There is no file ${seen}.`
  return {
    file,
    key: isFile(key) ? readFileSync(key, 'utf8') : key,
    seen: seen === undefined ? {} : { seen: readFileSync(seen, 'utf8') },
  }
}

function isFile(where: string): boolean {
  return statSync(where, { throwIfNoEntry: false })?.isFile() ?? false
}
