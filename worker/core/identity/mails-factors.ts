import { z } from 'zod'
import { defineMail } from '../delivery/mail.ts'

/** What can become of the ways to prove who one is. */
export const FactorChange = z.enum(['authenticator_on', 'authenticator_off', 'passkey_added', 'passkey_removed', 'provider_linked', 'codes_renewed'])
export type FactorChange = z.output<typeof FactorChange>

const sentences: Record<FactorChange, string> = {
  authenticator_on: 'An authenticator app was turned on for your account, and every other session was signed out.',
  authenticator_off: 'The authenticator app of your account was turned off, and every other session was signed out.',
  passkey_added: 'A passkey was added to your account, and every other session was signed out.',
  passkey_removed: 'A passkey was taken off your account, and every other session was signed out.',
  provider_linked: 'An outside provider was linked to your account: whoever signs in there can sign in here.',
  codes_renewed: 'New recovery codes were made for your account; the older ones no longer work.',
}

/** Whoever takes over a session changes the factors first: the owner hears of it where a thief does not read (ASVS 6.3.7). */
export const factorChangedMail = defineMail({
  name: 'factor_changed', says: 'How you sign in was changed', scope: 'platform', params: z.object({ change: FactorChange, at: z.number() }),
  write: ({ change, at }, { link }) => ({
    subject: 'How you sign in was changed',
    lines: [sentences[change], `It happened on ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`],
    action: { label: 'It was not me: set a new password', href: link('/forgot-password') },
    after: ['If it was you, there is nothing to do.'],
    why: 'You get this because this address belongs to an account here.',
  }),
})
