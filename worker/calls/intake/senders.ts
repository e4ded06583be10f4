import { randomToken } from '../../core/cookies.ts'
import { Fault } from '../../core/failure.ts'
import type { HookSender } from '../../core/hooks/sender.ts'
import { HOOKS_PER_MINUTE } from '../../core/hooks/module.ts'
import { newWebhookSecret } from '../../core/vault/webhook-signature.ts'
import type { ProviderName } from './contract.ts'
import type { Provider } from './provider.ts'
import { dialpad } from './providers/dialpad.ts'
import { genericHmac } from './providers/generic-hmac.ts'
import { ringcentral } from './providers/ringcentral.ts'
import { standardWebhooks } from './providers/standard-webhooks.ts'
import { vonage } from './providers/vonage.ts'
import { signAs } from './sign-as.ts'
import { takeCalls } from './take-calls.ts'

/** The longest transcript in JSON, every character escaped, and what stands around it. */
const BODY_BYTES = 640 * 1024

const senderOfProvider = ({ name, verify, parse, handshake }: Provider): HookSender => ({
  name,
  bytes: BODY_BYTES,
  perMinute: HOOKS_PER_MINUTE,
  newSecret: () => (name === 'standard' ? newWebhookSecret() : randomToken(32)),
  verify,
  sample: (secret, now, id) => signAs(name, secret, { id, now, said: { test: id } }),
  ...(handshake ? { handshake } : {}),
  take: (ctx, { connectionId, eventId, body, again }) => takeCalls(ctx, connectionId, parse(body, eventId), again),
})

/** Every dialler, at the door of inbound webhooks. */
export const callSenders: readonly HookSender[] = [dialpad, ringcentral, vonage, genericHmac, standardWebhooks].map(senderOfProvider)

export function senderNamed(name: ProviderName): HookSender {
  const sender = callSenders.find((each) => each.name === name)
  if (!sender) throw new Fault({ code: 'not_found' })
  return sender
}
