import { z } from 'zod'
import { defineMail } from '../../core/delivery/mail.ts'

const params = z.object({ expiries: z.array(z.object({ label: z.string(), dueOn: z.string(), left: z.number().int() })).min(1) })

/** What expires soon, in one mail however much it is. Days and kinds only: no number and no name travels. */
export const expiryMail = defineMail({
  name: 'contracting.expiry',
  says: 'Reminder of what expires',
  scope: 'tenant',
  params,
  write: ({ expiries }, { link }) => {
    const [first] = expiries
    const one = expiries.length === 1 && first ? `${first.label} expires ${inDays(first.left)}` : `${expiries.length} things in your passport expire soon`
    return {
      subject: one,
      lines: ['Once one of these is over, carriers return what is submitted with it:', ...expiries.map(({ label, dueOn, left }) => `${label}: ${dueOn}, ${inDays(left)}.`)],
      action: { label: 'Open the calendar', href: link('/passport/calendar') },
      after: ['Renewed already? Put the new date into your passport and submit it, and the reminders move with it.'],
      why: 'You get this mail because these days stand in your passport. Reminders go out 90, 60, 30, 14 and 7 days before.',
    }
  },
})

const inDays = (left: number): string => (left === 0 ? 'today' : left === 1 ? 'tomorrow' : `in ${left} days`)
