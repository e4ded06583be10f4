import { expect, test } from 'vitest'
import { noteText, type NoteParts } from './note-text.ts'

const at = Date.UTC(2026, 10, 27, 14, 3)
const parts: NoteParts = {
  call: { id: 'cal_1', direction: 'inbound', outcome: 'answered', startedAt: at, answeredAt: at + 9_000, endedAt: at + 197_000, durationS: 188, disposition: null },
  member: 'Priya Raman', contact: 'Casey Canary', phone: '+14155550132', transcript: 'Hello. I moved.', text: null, summary: 'Casey moved.',
}

test('details, summary and transcript of a call are one note', () => {
  expect(noteText(parts)).toEqual({
    subject: 'Call from Casey Canary',
    text: [
      'Began: 2026-11-27 14:03:00 UTC\nAnswered: 2026-11-27 14:03:09 UTC\nEnded: 2026-11-27 14:06:17 UTC\nSpoke for: 3 min 8 s\nOutcome: Answered\nNumber: +14155550132\nHandled by: Priya Raman',
      'Summary (suggested by an assistant; nobody has checked it)\nCasey moved.',
      'Transcript (as the dialler gave it)\nHello. I moved.',
      'Countersign, call cal_1',
    ].join('\n\n'),
  })
})

test('of what is not known a note says nothing: no empty line stands for it', () => {
  const missed = noteText({ ...parts, call: { ...parts.call, outcome: 'missed', answeredAt: null, durationS: null }, member: null, contact: null, phone: null, transcript: '  ', summary: null })
  expect(missed.subject).toBe('Missed call from a withheld number')
  expect(missed.text).not.toMatch(/Summary|Transcript|Number|Handled|Answered|Spoke/)
})

test('a text message says what was written, and to whom it went', () => {
  const sent = noteText({ ...parts, call: { ...parts.call, direction: 'outbound', outcome: 'message', answeredAt: null, durationS: null, disposition: 'Called back' }, transcript: null, text: 'Your card is in the mail.', summary: null, contact: null })
  expect(sent.subject).toBe('Text message to +14155550132')
  expect(sent.text).toContain('Sent: 2026-11-27 14:03:00 UTC')
  expect(sent.text).toContain('Text message\nYour card is in the mail.')
  expect(sent.text).toContain('Disposition: Called back')
  expect(sent.text).not.toContain('Ended')
})
