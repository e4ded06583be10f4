import fc from 'fast-check'
import { expect, test } from 'vitest'
import { docx, heic, jpeg, pdf, png, xlsx } from '../../../tests/support/sample-files.ts'
import { fileKinds } from './contract.ts'
import { agreedKind, sniffKind } from './sniff.ts'

const text = (words: string) => new TextEncoder().encode(words)

test('each kind is known by its bytes', async () => {
  expect(await sniffKind(pdf(), true)).toBe('pdf')
  expect(await sniffKind(png(), true)).toBe('png')
  expect(await sniffKind(jpeg(), true)).toBe('jpeg')
  expect(await sniffKind(heic(), true)).toBe('heic')
  expect(await sniffKind(docx(), true)).toBe('docx')
  expect(await sniffKind(xlsx(), true)).toBe('xlsx')
  expect(await sniffKind(text('name;premium\nDana;12,50\n'), true)).toBe('texts')
})

test('what runs, what hides and what nobody asked for is refused', async () => {
  const refused = [text('<html><script>alert(1)</script></html>'), text('  <svg onload="x">'), text('<?xml version="1.0"?>'), text('#!/bin/sh\nrm'), text('%!PS-Adobe'), text('{\\rtf1 }'), text('MZ\u0090\u0000'), new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), new Uint8Array([0x7f, 0x45, 0x4c, 0x46]), text('GIF89a'), new Uint8Array([0xff, 0xfe, 0x41, 0x00]), new Uint8Array()]
  for (const bytes of refused) expect(await sniffKind(bytes, true), new TextDecoder().decode(bytes)).toBeNull()
})

test('a sentence cut inside a character is still text; a file that ends there is not', async () => {
  const cut = text('Prämie').slice(0, 3)
  expect(await sniffKind(cut, false)).toBe('texts')
  expect(await sniffKind(cut, true)).toBeNull()
})

test('no bytes at all make the detector throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 60 }).map((tail) => Uint8Array.from([0x50, 0x4b, 0x03, 0x04, ...tail])), fc.uint8Array({ maxLength: 60 }).map((tail) => Uint8Array.from([...pdf().slice(0, 9), ...tail]))), async (bytes) => {
      expect([null, 'texts', ...Object.keys(fileKinds)]).toContain(await sniffKind(bytes, true))
    }),
  )
})

test('bytes, ending and claimed type must agree', () => {
  expect(agreedKind('pdf', 'Packet.PDF', 'application/pdf')).toBe('pdf')
  expect(agreedKind('pdf', 'packet.pdf', null)).toBe('pdf')
  expect(agreedKind('jpeg', 'id.jpg', 'application/octet-stream')).toBe('jpeg')
  expect(agreedKind('texts', 'leads.csv', 'application/vnd.ms-excel')).toBe('csv')
  expect(agreedKind('texts', 'note.txt', 'text/plain; charset=utf-8')).toBe('text')
  for (const [sniffed, name, claimed] of [['png', 'packet.pdf', 'application/pdf'], ['pdf', 'packet.pdf', 'image/png'], ['pdf', 'packet', null], ['pdf', 'packet.pdf.exe', null], ['texts', 'page.html', 'text/html'], ['texts', 'note.txt', 'text/html'], [null, 'packet.pdf', 'application/pdf']] as const)
    expect(agreedKind(sniffed, name, claimed), name).toBeNull()
})
