import { expect, test } from 'vitest'
import { newDialler } from '../../../tests/support/call-scene.ts'
import { composeNote, type CallToNote } from './compose-note.ts'

const at = Date.UTC(2026, 10, 27, 14, 3)
const call: Omit<CallToNote, 'memberId'> = { id: 'cal_1', direction: 'inbound', outcome: 'answered', startedAt: at, answeredAt: at + 9_000, endedAt: at + 197_000, durationS: 188, disposition: null }
const content = { phone: '+14155550132', transcript: 'Hello. I moved.', text: null }

test('a note is made of facts alone where there is no summary, and says who handled the call', async () => {
  const line = await newDialler()
  const { memberId } = await line.tenant.someone('member')
  const note = await line.tenant.asJob((ctx) => composeNote(ctx, { ...call, memberId }, content, { name: 'Casey Canary' }))
  expect(note.subject).toBe('Call from Casey Canary')
  expect(note.text).toContain('Handled by: Mila Member')
  expect(note.text).toContain('Hello. I moved.')
  expect(note.text).not.toContain('Summary')
})

test('another agency’s member is nobody in a note', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  const { memberId } = await other.tenant.someone('member')
  expect((await line.tenant.asJob((ctx) => composeNote(ctx, { ...call, memberId }, content, null))).text).not.toContain('Handled by')
})
