import { fromUtf8 } from '../../core/vault/bytes.ts'

/** The JSON object that bytes spell, or null: valid UTF-8, no byte order mark, an object at the top. */
export function jsonObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes))
    // JSON.parse makes plain objects alone.
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
