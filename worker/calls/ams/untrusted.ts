import { toE164 } from '../intake/phone.ts'

/** What an agency management system says is somebody else's word: each part is read as what it must be, cut to a length, or left out. Pure. */

/** Characters that do not show, or that turn the text around them (Unicode TR36 §2). */
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Text on one line, at most so long; null where there is none. Numbers are read as they are written. */
export function lineOf(value: unknown, most: number): string | null {
  const text = textOf(value, most)?.replaceAll(/\s+/g, ' ') ?? ''
  return text === '' ? null : text
}

/** Text with its lines, at most so long; null where there is none. */
export function textOf(value: unknown, most: number): string | null {
  const written = typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
  // A cut may go through a pair of surrogates: what is left of it is no text.
  const text = written.slice(0, most).toWellFormed().replaceAll(unseen, '').trim()
  return text === '' ? null : text
}

/** What an AMS calls a record or a note: short, printed, and no step in a path. Null for everything else, a changed id among it. */
export function recordIdOf(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return typeof text === 'string' && /^[\x21-\x7e]{1,128}$/.test(text) && !/^\.{1,2}$/.test(text) ? text : null
}

/** A link that may be shown: https, a host, nobody's credentials. */
export function linkOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 2000 || !URL.canParse(value)) return null
  const url = new URL(value)
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null
}

/** `2027-01-31`, of a date or of a moment that begins with one. */
export function dayOf(value: unknown): string | null {
  const [day = ''] = typeof value === 'string' ? (/^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(value) ?? []) : []
  const at = Date.parse(`${day}T00:00:00Z`)
  // The thirtieth of February is read as the second of March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) ? day : null
}

/** A moment in epoch milliseconds: written as ISO 8601, or as milliseconds or seconds. */
export function momentOf(value: unknown): number | null {
  const at = typeof value === 'string' && value.length <= 40 && /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : typeof value === 'number' ? (value < 1e11 ? value * 1000 : value) : Number.NaN
  return Number.isFinite(at) && at > 0 && at < 8.64e15 ? Math.floor(at) : null
}

/** Numbers in E.164, each once; of one, or of several. */
export function phonesOf(values: readonly unknown[], most: number): string[] {
  const written = values.flatMap((value) => (Array.isArray(value) ? value.slice(0, most) : [value]))
  return [...new Set(written.slice(0, most).flatMap((value) => toE164(typeof value === 'number' ? String(value) : value) ?? []))]
}

/** At most so many members of a list; null where there is no list. */
export const listOf = (value: unknown, most: number): readonly unknown[] | null => (Array.isArray(value) ? value.slice(0, most) : null)
