import fc from 'fast-check'
import { expect, test } from 'vitest'

import { linesOf } from './chain-lines.ts'

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

async function read(bytes: Uint8Array, size = 7): Promise<string[]> {
  const lines: string[] = []
  for await (const line of linesOf(cut(bytes, size))) lines.push(line)
  return lines
}

const utf8 = (text: string) => new TextEncoder().encode(text)

test('lines come back however the bytes are cut, with or without a last newline', async () => {
  const texts = fc.array(fc.string({ unit: 'grapheme' }).map((line) => line.replaceAll('\n', ' ')), { minLength: 1 })
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 1, max: 9 }), async (lines, size) => {
      const ended = await read(utf8(`${lines.join('\n')}\n`), size)
      expect(ended.length === lines.length && ended.every((line, at) => line === lines[at])).toBe(true)
      const open = await read(utf8(`${lines.join('\n')}\nlast`), size)
      expect(open.at(-1)).toBe('last')
    }),
  )
})

test('only LF ends a line', async () => {
  expect(await read(utf8('a\u2028b\u2029c\rd\u0085e\nf'))).toEqual(['a\u2028b\u2029c\rd\u0085e', 'f'])
})

test('a byte order mark is kept, so that the first line is not our header', async () => {
  expect(await read(utf8('\ufeffa\n'))).toEqual(['\ufeffa'])
})

test('bytes that are no UTF-8, and a line without end, stop the reading', async () => {
  await expect(read(Uint8Array.of(0x61, 0xff, 0x0a))).rejects.toThrow(TypeError)
  await expect(read(Uint8Array.of(0x61, 0xe2, 0x82))).rejects.toThrow(TypeError)
  await expect(read(new Uint8Array(2_000_000).fill(0x61), 65_536)).rejects.toThrow(RangeError)
})
