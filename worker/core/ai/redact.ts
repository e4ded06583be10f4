import { Buffer } from 'node:buffer'
import { randomBytes } from '../vault/bytes.ts'
import { addresses } from './addresses.ts'
import { birthDates } from './birth-dates.ts'
import { knownNames } from './known-names.ts'
import { emails, numbers } from './numbers.ts'
import { merged } from './span.ts'

/** A text that may leave, and what its placeholders stand for. The map never leaves. */
export type Redacted = { readonly text: string; readonly key: string; readonly values: ReadonlyMap<string, string> }

/**
 * Takes out what names a person: patterned kinds (numbers, dates of birth, addresses of both sorts) and the names that are known, in
 * every inflection. In its place stands `<PHONE_1_k3f9c2>`: what it was, which one, and a key of this call, so that nothing
 * in the text can pass for a placeholder and the same value is the same one throughout. What nobody knows and no
 * pattern shows stays: the assistant's vendor is still a subprocessor.
 */
export function redact(text: string, known: readonly string[] = []): Redacted {
  const key = keyOutside(text)
  const spans = merged([...emails(text), ...birthDates(text), ...addresses(text), ...numbers(text), ...knownNames(text, known)])
  const placeholders = new Map<string, string>()
  let out = ''
  let at = 0
  for (const { kind, from, to } of spans) {
    const value = text.slice(from, to)
    const placeholder = placeholders.get(value) ?? `<${kind}_${placeholders.size + 1}_${key}>`
    placeholders.set(value, placeholder)
    out += text.slice(at, from) + placeholder
    at = to
  }
  return { text: out + text.slice(at), key, values: new Map([...placeholders].map(([value, placeholder]) => [placeholder, value])) }
}

/** The values back in their places, in the redacted text or in an answer made of it. A placeholder that was never given is left: an answer cannot make one up. */
export const restore = ({ text, key, values }: Redacted): string => text.replace(new RegExp(`<[A-Z]+_\\d+_${key}>`, 'g'), (placeholder) => values.get(placeholder) ?? placeholder)

function keyOutside(text: string): string {
  for (;;) {
    const key = Buffer.from(randomBytes(4)).toString('hex')
    if (!text.includes(key)) return key
  }
}
