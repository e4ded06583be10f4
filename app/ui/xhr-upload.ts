export type UploadAnswer = { status: number; body: string }

/**
 * Sends a file as the request's body and tells how far it is (0 to 1). XMLHttpRequest, because fetch does not report upload progress.
 * Rejects with the signal's reason when aborted and with an Error when the connection fails; every HTTP status is an answer.
 */
export function xhrUpload(input: {
  url: string
  method?: 'POST' | 'PUT' | undefined
  file: Blob
  headers?: Record<string, string> | undefined
  onProgress: (fraction: number) => void
  signal: AbortSignal
}): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(input.method ?? 'POST', input.url)
    for (const [name, value] of Object.entries(input.headers ?? {})) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) input.onProgress(event.loaded / event.total)
    }
    request.onload = () => resolve({ status: request.status, body: request.responseText })
    request.onerror = () => reject(new Error('The connection was lost while the file was on its way.'))
    request.onabort = () => reject(input.signal.reason)
    input.signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(input.file)
  })
}
