import { fileTypeFromBuffer } from 'file-type'
import { fileKinds, type FileKind } from './contract.ts'

/** How much of the beginning is looked at: enough for the directory of an Office file, which is a zip. */
export const HEAD_BYTES = 64 * 1024

/** What kind of file begins like this, or null for anything that may not be uploaded. `whole`: there is nothing after it. */
export async function sniffKind(head: Uint8Array, whole: boolean): Promise<FileKind | 'texts' | null> {
  const found = await detected(head)
  if (found !== undefined) return kinds.find((kind) => fileKinds[kind].mediaType === found) ?? null
  return isPlainText(head, whole) ? 'texts' : null
}

/**
 * The kind that the bytes, the name's ending and the claimed media type agree on, or null. Whoever says one thing and sends
 * another is refused, so that nothing is ever served as what it is not (ASVS 5.2.2). Pure.
 */
export function agreedKind(sniffed: FileKind | 'texts' | null, name: string, claimed: string | null): FileKind | null {
  const ending = /\.([a-z0-9]+)$/.exec(name.toLowerCase())?.[1] ?? ''
  const named = kinds.find((kind) => (fileKinds[kind].endings as readonly string[]).includes(ending)) // `as`: each kind's endings are literals of its own
  if (!named || sniffed === null) return null
  if (sniffed !== named && !(sniffed === 'texts' && (named === 'csv' || named === 'text'))) return null
  const said = (claimed ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  return unsaid.has(said) || said === fileKinds[named].mediaType || (aliases[said] ?? '') === named ? named : null
}

const kinds = Object.keys(fileKinds) as FileKind[] // `as`: the keys of a const object

/** What browsers and programs send when they do not know. */
const unsaid = new Set(['', 'application/octet-stream', 'binary/octet-stream'])

/** Other spellings that are in use. Windows claims Excel for CSV. */
const aliases: Readonly<Record<string, FileKind>> = {
  'image/jpg': 'jpeg',
  'image/pjpeg': 'jpeg',
  'image/heif': 'heic',
  'application/x-pdf': 'pdf',
  'application/csv': 'csv',
  'application/vnd.ms-excel': 'csv',
}

async function detected(head: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(head))?.mime
  } catch {
    return 'unreadable' // a file that breaks the detector is none of ours
  }
}

/**
 * Text that no program takes for anything else: UTF-8, no control characters but tab and line ends, and no markup at its
 * beginning, since a browser that was told otherwise might still run it.
 */
function isPlainText(head: Uint8Array, whole: boolean): boolean {
  if (head.length === 0) return false
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !whole })
    return !/[^\P{Cc}\t\r\n\f]/u.test(text) && !/^\s*(<|%!|#!|\{\\rtf)/.test(text)
  } catch {
    return false
  }
}
