import fc, { type Arbitrary } from 'fast-check'

/** A JSON Schema, as far as our own OpenAPI document uses it. */
export type Schema = {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

/**
 * Strings that have broken parsers, stores and pages elsewhere: emptiness, other scripts, other directions, lone surrogates,
 * numbers that are none, syntax of SQL, HTML, paths, templates and logs. Written for this file after the manner of the
 * "Big List of Naughty Strings".
 */
export const naughty: readonly string[] = [
  '', ' ', '\t\n\r', '\0', '\u0001', 'a\0b', '\ud800', '\udfff\ud800', '\ufeff', '\u202eabc', 'ａｂｃ', 'İ', 'ß', '𝒜', '👩‍👩‍👧‍👦', 'Ω≈ç√∫', '田中さん', 'مرحبا', 'Z̮̞̠͙͔ͅa',
  'null', 'undefined', 'NaN', 'Infinity', '-0', '1e999', '0x10', '1_000', '9007199254740993', '-1', '٣', 'true', '[]', '{}', '[object Object]',
  "' OR 1=1 --", '"; DROP TABLE members; --', '%', '_', '\\', "\\'", '*', '?', '1; SELECT', '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '{{7*7}}', '${7*7}', '<%= 1 %>',
  '../../../etc/passwd', '..\\..\\', '/', '//', '.', '..', '%2e%2e%2f', '%00', 'file:///etc/passwd', 'http://127.0.0.1/', 'javascript:alert(1)', '\r\nSet-Cookie: a=b', '__proto__', 'constructor', 'toString', 'hasOwnProperty',
  'a'.repeat(256), 'a'.repeat(10_000), '🙂'.repeat(1000), '2026-02-30', '0000-00-00', '99999-01-01', '-2026-01-01', 'a@b', 'a@b.c', '"a b"@example.com', 'mem_', 'mem_00000000000000000000000000', 'doc_7zzzzzzzzzzzzzzzzzzzzzzzzz',
]

/** Values that fit a schema. `known`: things that exist, used where their text fits the pattern. */
export function fitting(schema: Schema, known: readonly string[]): Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => fitting(choice, known)))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['string'])
  return fc.oneof(...types.map((type) => ofType(type, schema, known)))
}

function ofType(type: string, schema: Schema, known: readonly string[]): Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return object(schema, (property) => fitting(property, known))
    case 'array':
      return fc.array(fitting(schema.items ?? {}, known), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 4, 4) })
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? -1000, -(2 ** 31)), max: Math.min(schema.maximum ?? 1000, 2 ** 31 - 1) })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return text(schema, known)
  }
}

function text(schema: Schema, known: readonly string[]): Arbitrary<string> {
  const { pattern, format, minLength = 0, maxLength = 60 } = schema
  if (pattern !== undefined) {
    const shape = new RegExp(pattern)
    const those = known.filter((each) => shape.test(each))
    const made = fc.stringMatching(shape)
    return those.length > 0 ? fc.oneof(made, fc.constantFrom(...those)) : made
  }
  if (format === 'date') return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((date) => date.toISOString().slice(0, 10))
  if (format === 'email') return fc.emailAddress()
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) })
}

const object = (schema: Schema, property: (schema: Schema) => Arbitrary<unknown>): Arbitrary<unknown> =>
  fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, each]) => [name, property(each)])), { requiredKeys: [...(schema.required ?? [])] })

/** Values that almost fit: the right shape with something in it that nobody should send, or something else altogether. */
export function bent(schema: Schema, known: readonly string[]): Arbitrary<unknown> {
  const strange = fc.oneof(fc.constantFrom(...naughty), fc.jsonValue({ maxDepth: 3 }), fc.double(), fc.bigInt({ min: 0n, max: 2n ** 70n }).map(Number), fc.constant(null))
  const inside = schema.type === 'object' ? [object(schema, (each) => fc.oneof({ arbitrary: fitting(each, known), weight: 2 }, { arbitrary: strange, weight: 1 })), withMore(fitting(schema, known), strange)] : []
  return fc.oneof(...inside, strange)
}

/** The same with a property more: one that nobody asked for. */
const withMore = (whole: Arbitrary<unknown>, strange: Arbitrary<unknown>): Arbitrary<unknown> =>
  fc.tuple(whole, fc.constantFrom('__proto__', 'constructor', 'id', 'tenant_id', 'role', 'createdAt', ''), strange).map(([value, name, more]) =>
    typeof value === 'object' && value !== null ? JSON.parse(`${JSON.stringify(value).slice(0, -1)}${Object.keys(value).length > 0 ? ',' : ''}${JSON.stringify(name)}:${JSON.stringify(more) ?? 'null'}}`) : value,
  )
