import fc from 'fast-check'
import { expect, test } from 'vitest'
import { html } from './html.ts'

test('whatever is interpolated into markup stays text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const inside = /^<p title="([^]*)">([^]*)<\/p>$/.exec(html`<p title="${typed}">${typed}</p>`.toString())
      expect(inside?.[1]).not.toMatch(/[<>"']/)
      expect(inside?.[2]).not.toMatch(/[<>"']/)
    }),
  )
})

test('markup made by html is not escaped twice, lists are joined, and absent parts leave nothing', () => {
  const rows = ['a', '<b>'].map((cell) => html`<li>${cell}</li>`)
  expect(html`<ul>${rows}</ul>${null}${false}${undefined}${7}`.toString()).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>7')
})
