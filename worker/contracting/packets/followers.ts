import type { Follower } from '../../core/audit/follower.ts'
import { fmoUnlinked, producerGone, releaseIssued } from '../producers/module.ts'
import { endOffers, letGoUnsent } from './let-go-unsent.ts'
import { packetGenerated, packetSigned } from './module.ts'
import { noteSignature, offerPacket } from './offer-packet.ts'
import { registerSeals } from './register-seals.ts'

/** What a filled and a signed packet bring about elsewhere: at the producer's, in the directory. */
export const packetFollowers: readonly (readonly [string, Follower])[] = [
  [packetGenerated.eventName, offerPacket],
  [packetSigned.eventName, registerSeals],
  [packetSigned.eventName, noteSignature],
  [releaseIssued.eventName, letGoUnsent],
  [producerGone.eventName, letGoUnsent],
  [fmoUnlinked.eventName, endOffers],
]
