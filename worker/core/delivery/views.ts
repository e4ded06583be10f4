import type { DeliveryView } from './contract.ts'
import type { MailTemplate } from './mail.ts'
import { attemptErrors, type AttemptError } from './module.ts'
import type { DeliveryRow } from './store.ts'

/** What each word means for whoever has to do something about it. */
const sentences: Readonly<Record<AttemptError, string>> = {
  refused_address: 'The provider’s address is not one that may be called. Ask the operator.',
  timeout: 'The provider did not answer within ten seconds.',
  unreachable: 'The provider could not be reached.',
  redirected: 'The provider answered with another address, which is not followed.',
  too_large: 'The provider’s answer was too long to be one.',
  rejected: 'The provider refused the message. Is the address right?',
  unauthorized: 'The provider did not accept the deployment’s key. Ask the operator.',
  rate_limited: 'The provider asked for patience.',
  provider_error: 'The provider had a problem of its own.',
  unknown_template: 'This kind of message is not sent any more.',
  unreadable: 'The message failed its integrity check and was not opened.',
  could_not_prepare: 'The message could not be put together.',
}

/** The same of a webhook, where another side is meant. */
const hookSentences: Readonly<Partial<Record<AttemptError, string>>> = {
  refused_address: 'Its address is not one that may be called. Give another one.',
  timeout: 'The receiver did not answer within ten seconds.',
  unreachable: 'The receiver could not be reached.',
  redirected: 'The receiver answered with another address, which is not followed.',
  too_large: 'The receiver’s answer was too long to be one.',
  rejected: 'The receiver refused it.',
  unauthorized: 'The receiver did not accept our signature. Does it know the newest secret?',
  rate_limited: 'The receiver asked for patience.',
  provider_error: 'The receiver had a problem of its own.',
}

const isAttemptError = (word: string): word is AttemptError => (attemptErrors as readonly string[]).includes(word) // `as`: widening to ask

/** A message as it leaves, field by field: its recipient, not its words. */
export const deliveryView = (row: DeliveryRow, sealed: { to: string }, mails: readonly Pick<MailTemplate, 'name' | 'says'>[]): DeliveryView => ({
  id: row.id,
  channel: row.channel,
  says: mails.find(({ name }) => name === row.template)?.says ?? 'A message that is not sent any more',
  to: sealed.to,
  state: row.state,
  attempts: row.attempts,
  nextAt: row.state === 'queued' ? row.dueAt : null,
  problem: row.lastError === null ? null : isAttemptError(row.lastError) ? ((row.channel === 'webhook' ? hookSentences[row.lastError] : undefined) ?? sentences[row.lastError]) : 'It could not be sent.',
  createdAt: row.createdAt,
  settledAt: row.settledAt,
})
