import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { atFmo } from '../producers/at-fmo.ts'
import { whileCopied } from '../producers/copied-version.ts'
import { requestToFill, signedWrites } from '../requests/sign-for.ts'
import type { SignPacket } from './contract.ts'
import { askedOf } from './fill-packet.ts'
import { packetRequest } from './fill-for-request.ts'
import { signPacket, type Signing } from './sign-packet.ts'

/** Sign a packet that an FMO offered: its request becomes signed in the same batch, if request and passport are as they were filled. */
export const signOffered = (ctx: Ctx, input: SignPacket): Promise<{ signatureId: string; sha256: string }> => signPacket(ctx, input, signing)

const signing: Signing = {
  atFmo,
  signed: async (fmo, filled, content, document) => {
    const request = await requestToFill(fmo, filled.requestId)
    if (askedOf(packetRequest(request)) !== content.asked) throw new Fault({ code: 'conflict', state: 'request_changed', detail: 'The request was changed.' })
    const { writes, event } = await signedWrites(fmo, filled.requestId, { documents: [{ documentId: document.id, packetId: filled.id, sha256: document.sha256 }], passportNumber: content.passportNumber })
    return { writes: [...whileCopied(fmo, filled.linkId, filled.passportVersionId), ...writes], events: [event] }
  },
}
