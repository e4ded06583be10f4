import { z } from 'zod'
import { defineMail } from '../delivery/mail.ts'

/** To each person whose account was tried from an IP address that tried many (CIQ-49). */
export const accountTriedMail = defineMail({
  name: 'account_tried', says: 'Somebody tried to sign in to your account', scope: 'platform', params: z.object({ at: z.number() }),
  write: ({ at }, { link }) => ({
    subject: 'Somebody tried to sign in to your account',
    lines: [
      `Around ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC a wrong password was tried on your account, from an internet address that tried several accounts one after the other. It was slowed down, and nobody was signed in.`,
      'Whoever does this has passwords that were stolen elsewhere. If you use yours anywhere else, choose a new one here.',
    ],
    action: { label: 'Set a new password', href: link('/forgot-password') },
    after: ['A passkey or an authenticator app makes a guessed password worth nothing. If you mistyped your password yourself, there is nothing to do.'],
    why: 'You get this because this address belongs to an account here.',
  }),
})
