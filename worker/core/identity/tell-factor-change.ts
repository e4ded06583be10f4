import type { EventBody } from '../audit/event.ts'
import type { Follower } from '../audit/follower.ts'
import { queuePlatformMail } from '../delivery/queue-platform-mail.ts'
import { isFault } from '../failure.ts'
import { jobVisit } from '../job.ts'
import { PLATFORM } from '../reach.ts'
import { contactOf } from './contact.ts'
import { mailQueued } from './events.ts'
import { factorDisabled, factorEnabled, identityLinked, recoveryCodesRegenerated } from './events-factors.ts'
import { factorChangedMail, type FactorChange } from './mails-factors.ts'
import { accountById } from './store.ts'

/**
 * Tells a person by mail what became of its factors. A follower and not a step of the verbs: recovery codes that were just
 * made must be shown even while no mail can be queued. The delivery's id is the event's, so a repetition queues nothing.
 */
export const tellFactorChange: Follower = async (reach, log, body, now) => {
  if (log !== PLATFORM) return // a tenant's log has the same event for reading only
  const visit = jobVisit({ reach, now, later: (work) => void work().catch(() => undefined) }, 'tell-factor-change')
  const account = await visit.directory.read(accountById(visit.directory, body.subject))
  if (!account) return
  const { email } = await contactOf(visit, account)
  const mail = await queuePlatformMail({ ...visit, newId: () => body.id.replace(/^evt_/, 'dlv_') }, factorChangedMail, { to: email, params: { change: changeOf(body), at: body.at } })
  try {
    await visit.commitDirectory([mail], mailQueued(body.subject, { template: factorChangedMail.name }))
  } catch (thrown) {
    if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown
  }
}

export const factorFollowers: readonly (readonly [string, Follower])[] = [factorEnabled, factorDisabled, recoveryCodesRegenerated, identityLinked].map(({ eventName }) => [eventName, tellFactorChange])

function changeOf({ name, meta }: EventBody): FactorChange {
  switch (name) {
    case factorEnabled.eventName:
      return meta['kind'] === 'passkey' ? 'passkey_added' : 'authenticator_on'
    case factorDisabled.eventName:
      return meta['kind'] === 'passkey' ? 'passkey_removed' : 'authenticator_off'
    case identityLinked.eventName:
      return 'provider_linked'
    default:
      return 'codes_renewed'
  }
}
