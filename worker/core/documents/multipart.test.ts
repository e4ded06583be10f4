import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFault } from '../failure.ts'
import { boundaryOf, fieldText, MultipartReader } from './multipart.ts'

type Sent = { name: string; fileName: string | null; bytes: Uint8Array }

/** The same bytes in pieces of the sizes given. */
function inPieces(bytes: Uint8Array, sizes: readonly number[]): ReadableStream<Uint8Array> {
  let at = 0
  let piece = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      const size = Math.max(1, sizes[piece++ % Math.max(1, sizes.length)] ?? 1000)
      controller.enqueue(bytes.slice(at, at + size))
      at += size
    },
  })
}

/** WHATWG HTML, multipart/form-data encoding algorithm. */
function asBrowsersSend(files: readonly { name: string; fileName: string; bytes: Uint8Array }[], boundary: string): Uint8Array {
  const quoted = (text: string) => text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')
  const utf8 = (text: string) => [...new TextEncoder().encode(text)]
  const parts = files.flatMap(({ name, fileName, bytes }) => [
    ...utf8(`--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"; filename="${quoted(fileName)}"\r\nContent-Type: application/octet-stream\r\n\r\n`),
    ...bytes,
    ...utf8('\r\n'),
  ])
  return Uint8Array.from([...parts, ...utf8(`--${boundary}--\r\n`)])
}

async function readAll(reader: MultipartReader): Promise<Sent[]> {
  const parts: Sent[] = []
  for (let part = await reader.next(); part; part = await reader.next()) {
    const chunks: number[] = []
    for await (const chunk of part.body()) chunks.push(...chunk)
    parts.push({ name: part.name, fileName: part.fileName, bytes: Uint8Array.from(chunks) })
  }
  return parts
}

test('what a browser sends is read back byte for byte, however the network cuts it', async () => {
  const words = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'abc "\r\n;=ü\\') })
  const file = fc.record({ name: words, fileName: words, bytes: fc.uint8Array({ maxLength: 400 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 4 }), fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }), async (files, sizes) => {
      const parts = await readAll(new MultipartReader(inPieces(asBrowsersSend(files, 'bound'), sizes), 'bound'))
      expect(parts.map(({ bytes }) => [...bytes])).toEqual(files.map(({ bytes }) => [...bytes]))
      expect(parts.map(({ name, fileName }) => [name, fileName])).toEqual(files.map(({ name, fileName }) => [name, fileName]))
    }),
    { numRuns: 60 },
  )
})

test('bytes that look like a delimiter, almost, stay bytes', async () => {
  for (const tricky of ['\r\n--bou', '--bound', '\r\n--boun\r\n--bound', '\r\n-', '\r\n\r\n']) {
    const body = new TextEncoder().encode(`--bound\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n${tricky.replaceAll('--bound', '--b0und')}\r\n--bound--\r\n`)
    for (const size of [1, 2, 3, 7, 1000]) {
      const [part] = await readAll(new MultipartReader(inPieces(body, [size]), 'bound'))
      expect(new TextDecoder().decode(part?.bytes)).toBe(tricky.replaceAll('--bound', '--b0und'))
    }
  }
})

test('a part that was not read is passed over', async () => {
  const body = new TextEncoder().encode('preamble\r\n--b\r\nContent-Disposition: form-data; name="one"\r\n\r\nfirst\r\n--b\r\nContent-Disposition: form-data; name="two"\r\n\r\nsecond\r\n--b--\r\nepilogue')
  const reader = new MultipartReader(inPieces(body, [5]), 'b')
  expect((await reader.next())?.name).toBe('one')
  const two = await reader.next()
  expect(two && (await fieldText(two))).toBe('second')
  expect(await reader.next()).toBeNull()
})

test('a body that breaks off, has no boundary in it, or hides a novel in its headers is malformed, never a crash', async () => {
  const head = '--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n'
  const bodies = ['', 'nothing', '--b', '--b\r\n', '--bogus\r\n', head, `${head}cut off`, `${head}cut off\r\n--`, `--b\r\n${'X: y\r\n'.repeat(5000)}\r\n`, '--b\r\nContent-Disposition: attachment; name="f"\r\n\r\nx\r\n--b--', '--b\r\n\r\nx\r\n--b--', `${`${head}x\r\n`.repeat(30)}--b--`]
  for (const body of bodies) {
    const refused = await readAll(new MultipartReader(inPieces(new TextEncoder().encode(body), [11]), 'b')).then(() => null, (thrown: unknown) => thrown)
    expect(isFault(refused) && refused.failure.code, JSON.stringify(body.slice(0, 60))).toBe('malformed')
  }
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (noise) => {
      const outcome = await readAll(new MultipartReader(inPieces(Uint8Array.from([...new TextEncoder().encode(head), ...noise]), [13]), 'b')).then(() => null, (thrown: unknown) => thrown)
      expect(outcome === null || isFault(outcome)).toBe(true)
    }),
  )
})

test('a field is short, whole and UTF-8', async () => {
  const field = (value: Uint8Array) => Uint8Array.from([...new TextEncoder().encode('--b\r\nContent-Disposition: form-data; name="f"\r\n\r\n'), ...value, ...new TextEncoder().encode('\r\n--b--')])
  const textOf = async (value: Uint8Array) => fieldText((await new MultipartReader(inPieces(field(value), [100]), 'b').next())!)
  expect(await textOf(new TextEncoder().encode('Prämie'))).toBe('Prämie')
  await expect(textOf(Uint8Array.from([0xff, 0xfe]))).rejects.toThrow('malformed')
  await expect(textOf(new Uint8Array(5000).fill(97))).rejects.toThrow('malformed')
})

test('only a form has a boundary', () => {
  expect(boundaryOf('multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxk')).toBe('----WebKitFormBoundary7MA4YWxk')
  expect(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"')).toBe('a b')
  for (const other of [null, '', 'multipart/mixed; boundary=x', 'multipart/form-data', `multipart/form-data; boundary=${'x'.repeat(71)}"`, 'application/x-www-form-urlencoded']) expect(boundaryOf(other)).toBeNull()
})
