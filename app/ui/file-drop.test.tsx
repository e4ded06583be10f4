import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test } from 'vitest'

import { FileDrop, type UploadResult } from './file-drop.tsx'

afterEach(cleanup)

const pdf = (size: number) => new File([new Uint8Array(size)], 'licence.pdf', { type: 'application/pdf' })
const choose = (file: File) => fireEvent.change(screen.getByLabelText(/Upload/, { selector: 'input' }), { target: { files: [file] } })

test('on the server, and without an upload, it is a plain file input of its form', () => {
  const server = renderToString(<FileDrop name="file" label="Upload" upload={() => Promise.resolve({ ok: true })} />)
  expect(server).toContain('type="file"')
  expect(server).toContain('name="file"')
  render(<FileDrop name="file" label="Upload" />)
  expect(screen.getByLabelText('Upload').getAttribute('name')).toBe('file')
})

test('a file over the limit is refused before a byte is sent', () => {
  let sent = 0
  render(<FileDrop name="file" label="Upload" maxBytes={10} upload={() => Promise.resolve(((sent += 1), { ok: true }))} />)
  choose(pdf(11))
  expect(screen.getByText('11 B is more than the 10 B allowed.')).toBeTruthy()
  expect(screen.getByText('refused')).toBeTruthy()
  expect(sent).toBe(0)
})

test('progress is shown while a file is on its way, then its outcome', async () => {
  let progress: (fraction: number) => void = () => {}
  let finish: (result: UploadResult) => void = () => {}
  const upload = (_file: File, onProgress: (fraction: number) => void) => {
    progress = onProgress
    return new Promise<UploadResult>((resolve) => (finish = resolve))
  }
  const arrived: string[] = []
  render(<FileDrop name="file" label="Upload" upload={upload} onUploaded={(file) => arrived.push(file.name)} />)
  choose(pdf(10))
  act(() => progress(0.4))
  expect(screen.getByRole('progressbar', { name: 'Sending licence.pdf' })).toHaveProperty('value', 0.4)
  await act(async () => finish({ ok: false, message: 'This is not a PDF.' }))
  expect(screen.getByText('This is not a PDF.')).toBeTruthy()
  expect(arrived).toEqual([])
  choose(pdf(10))
  await act(async () => finish({ ok: true, note: 'sealed as doc_1' }))
  expect(screen.getByText('sealed as doc_1')).toBeTruthy()
  expect(arrived).toEqual(['licence.pdf'])
})

test('stopping a file aborts its request', async () => {
  let stopped = false
  const upload = (_file: File, _progress: (fraction: number) => void, signal: AbortSignal) =>
    new Promise<UploadResult>((_resolve, reject) =>
      signal.addEventListener('abort', () => {
        stopped = true
        reject(signal.reason)
      }),
    )
  render(<FileDrop name="file" label="Upload" upload={upload} />)
  choose(pdf(10))
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name: 'Stop licence.pdf' }))
  })
  expect(stopped).toBe(true)
  expect(screen.getByText('stopped')).toBeTruthy()
})
