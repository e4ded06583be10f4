import { afterEach, expect, test, vi } from 'vitest'

import { xhrUpload } from './xhr-upload.ts'

class FakeRequest {
  static last: FakeRequest
  upload: { onprogress?: (event: { lengthComputable: boolean; loaded: number; total: number }) => void } = {}
  onload?: () => void
  onerror?: () => void
  onabort?: () => void
  status = 0
  responseText = ''
  headers: Record<string, string> = {}
  constructor() {
    FakeRequest.last = this
  }
  open() {}
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value
  }
  send() {}
  abort() {
    this.onabort?.()
  }
}

afterEach(() => vi.unstubAllGlobals())

const begin = (signal = new AbortController().signal) => {
  vi.stubGlobal('XMLHttpRequest', FakeRequest)
  const seen: number[] = []
  const answer = xhrUpload({ url: '/documents', file: new Blob(['x']), headers: { 'X-CSRF-Token': 't' }, onProgress: (part) => seen.push(part), signal })
  return { answer, seen, request: FakeRequest.last }
}

test('it tells how far the file is and hands over any answer, refusals too', async () => {
  const { answer, seen, request } = begin()
  expect(request.headers).toEqual({ 'X-CSRF-Token': 't' })
  request.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 4 })
  request.upload.onprogress?.({ lengthComputable: false, loaded: 2, total: 0 })
  request.status = 415
  request.responseText = '{"title":"no"}'
  request.onload?.()
  expect(await answer).toEqual({ status: 415, body: '{"title":"no"}' })
  expect(seen).toEqual([0.25])
})

test('a lost connection and an abort reject', async () => {
  const lost = begin()
  lost.request.onerror?.()
  await expect(lost.answer).rejects.toThrow('connection')
  const abort = new AbortController()
  const stopped = begin(abort.signal)
  abort.abort(new Error('stopped'))
  await expect(stopped.answer).rejects.toThrow('stopped')
})
