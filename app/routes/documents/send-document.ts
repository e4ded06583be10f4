import type { UploadResult } from '../../ui/file-drop.tsx'
import { xhrUpload } from '../../ui/xhr-upload.ts'

type Sending = { file: File; category: string; csrf: string; onProgress: (fraction: number) => void; signal: AbortSignal }

/** Announces a document and sends its bytes, over the same API a program uses. Every refusal comes back as its sentence. */
export async function sendDocument({ file, category, csrf, onProgress, signal }: Sending): Promise<UploadResult> {
  const announced = await fetch('/api/v1/documents', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
    body: JSON.stringify({ name: file.name, category, phi_ack: true }),
    signal,
  })
  const answer: unknown = await announced.json()
  if (!announced.ok) return { ok: false, message: sentenceOf(answer) }
  const sent = await xhrUpload({
    url: `/api/v1/documents/${textOf(answer, 'id')}/content`,
    method: 'PUT',
    file,
    headers: { 'X-CSRF-Token': csrf, 'Content-Type': file.type || 'application/octet-stream' },
    onProgress,
    signal,
  })
  return sent.status === 200 ? { ok: true } : { ok: false, message: sentenceOf(JSON.parse(sent.body)) }
}

/** The sentence of an RFC 9457 problem: the first field's own, where it names one. */
export function sentenceOf(problem: unknown): string {
  const errors = isRecord(problem) && Array.isArray(problem['errors']) ? problem['errors'] : []
  return textOf(errors[0], 'detail') || textOf(problem, 'detail') || 'That did not work. Reload the page and try again.'
}

const textOf = (from: unknown, name: string): string => (isRecord(from) && typeof from[name] === 'string' ? from[name] : '')
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
