import { html, type Html } from './html.ts'
import type { Letter } from './mail.ts'

/** Who a mail says it is from, at its foot. */
export type Sender = {
  /** The tenant's name, or the deployment's host. */
  readonly name: string
  readonly origin: string
  /** Postal address of whoever runs the deployment, where one is set (CAN-SPAM §7704(a)(5)). */
  readonly address: string | null
}

/** A mail as the provider takes it. */
export type LaidOut = { readonly subject: string; readonly text: string; readonly html: string }

/**
 * A letter as text and as HTML that says the same. The HTML uses only elements and attributes every mail program knows: no
 * styles, no images, nothing fetched, so that opening it tells nobody.
 */
export function layOut(letter: Letter, sender: Sender): LaidOut {
  const foot = [letter.why, `Sent by ${sender.name} with Countersign, ${sender.origin}`, ...(sender.address ? [sender.address] : [])]
  const text = [
    ...letter.lines,
    ...(letter.action ? [`${letter.action.label}:\n${letter.action.href}`] : []),
    ...(letter.after ?? []),
    ['--', ...foot].join('\n'),
  ].join('\n\n')
  return { subject: oneLine(letter.subject), text: `${text}\n`, html: page(letter, foot).toString() }
}

/** A header is one line, whatever a person typed into it. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 200)

const page = (letter: Letter, foot: readonly string[]): Html => html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><title>${oneLine(letter.subject)}</title></head>
<body bgcolor="#f4f4f1">
<table role="presentation" width="100%" cellpadding="24" cellspacing="0" border="0"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="32" cellspacing="0" border="0" bgcolor="#ffffff"><tr><td align="left">
<font face="Inter, Segoe UI, Helvetica, Arial, sans-serif" color="#17191b">
<h1><font size="4">${oneLine(letter.subject)}</font></h1>
${letter.lines.map((line) => html`<p>${line}</p>
`)}${letter.action ? button(letter.action) : null}${(letter.after ?? []).map((line) => html`<p>${line}</p>
`)}</font>
</td></tr></table>
<font face="Inter, Segoe UI, Helvetica, Arial, sans-serif" color="#4f5359" size="2">
${foot.map((line) => html`<p>${line}</p>
`)}</font>
</td></tr></table>
</body>
</html>
`

const button = ({ label, href }: { label: string; href: string }): Html => html`<table role="presentation" cellpadding="14" cellspacing="0" border="0"><tr><td bgcolor="#0f6b57"><a href="${href}"><font color="#ffffff"><b>${label}</b></font></a></td></tr></table>
<p><font size="2" color="#4f5359">If the button does not work, copy this address into your browser:<br>${href}</font></p>
`
