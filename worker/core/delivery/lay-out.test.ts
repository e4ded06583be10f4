import { expect, test } from 'vitest'
import { layOut } from './lay-out.ts'

const sender = { name: 'Harbor FMO', origin: 'https://countersign.example.com', address: '1 Quay Street, Portland ME' }

test('the text and the HTML of a mail say the same, with its one link, its sender and an address', () => {
  const mail = layOut(
    { subject: 'Join Harbor FMO', lines: ['Dana invited you.'], action: { label: 'See the invitation', href: 'https://countersign.example.com/i/x' }, after: ['It works for 7 days.'], why: 'You get this because Dana typed your address.' },
    sender,
  )
  for (const said of ['Dana invited you.', 'https://countersign.example.com/i/x', 'It works for 7 days.', 'Sent by Harbor FMO', '1 Quay Street', 'because Dana typed']) {
    expect(mail.text).toContain(said)
    expect(mail.html).toContain(said)
  }
})

test('a name typed by a stranger is neither markup nor a second header', () => {
  const mail = layOut({ subject: 'Join <b>us\r\nBcc: all@example.com', lines: ['<script>alert(1)</script> invited you.'], why: 'w' }, sender)
  expect(mail.subject).toBe('Join <b>us Bcc: all@example.com')
  expect(mail.html).not.toMatch(/<script|<b>us/)
  expect(mail.html).toContain('&lt;script&gt;')
})

test('opening a mail fetches nothing and runs nothing', () => {
  const { html } = layOut({ subject: 's', lines: ['l'], action: { label: 'a', href: 'https://countersign.example.com/' }, why: 'w' }, sender)
  expect(html).not.toMatch(/<(img|link|script|style|iframe)|style=|src=|background=/)
})
