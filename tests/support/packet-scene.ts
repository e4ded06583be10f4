import type { PacketRequest } from '../../worker/contracting/packets/contract.ts'
import { addPacket } from '../../worker/contracting/packets/add-packet.ts'
import { attachForm } from '../../worker/contracting/packets/attach-form.ts'
import { publishPacket } from '../../worker/contracting/packets/publish-packet.ts'
import { emptyContact, emptyContent, type PassportSnapshot } from '../../worker/contracting/passport/contract.ts'
import { newCarrier, type Fmo } from './carrier-scene.ts'

/** A submitted version of a producer's, whole. */
export const snapshotOf = (versionId: string, change: Partial<PassportSnapshot['parts']['contact']> = {}): PassportSnapshot => ({
  passportId: 'pas_01kaz0000000000000000000pp', versionId, number: 1, submittedAt: 1,
  summary: { kind: 'individual', npn: '8812345', ssnLast4: '6789', routingLast4: '0021', accountLast4: '4321', accountType: 'savings', hasEin: true, coverCarrier: 'Cover Mutual', coverExpiresOn: '2027-06-30', amlOn: '2026-03-01', ceDueOn: '2027-03-31' },
  parts: {
    contact: { ...emptyContact, name: { first: 'Zoë', middle: null, last: 'Müller', suffix: null }, email: 'zoe@people.test', phone: '503 555 0101', bornOn: '1988-02-29', addresses: { residential: { line1: '1 Elm Street', line2: null, city: 'Bend', state: 'OR', zip: '97701' }, mailing: null, business: null }, ...change },
    secret: { ssn: '212456789', ein: '123456789', routing: '121000021', account: '0099884321' },
    content: { ...emptyContent, licences: [{ state: 'OR', number: 'OR-55', lines: ['life'], issuedOn: null, expiresOn: '2028-01-01', resident: true, status: 'active' }, { state: 'WA', number: 'WA-66', lines: ['life', 'health'], issuedOn: null, expiresOn: null, resident: false, status: 'active' }], background: [{ question: 'bankrupt', answer: true, explanation: 'In 2019, discharged.', documents: [] }, { question: 'convicted', answer: false, explanation: null, documents: [] }] },
  },
})

/** A carrier's packet of our two forms, published. */
export async function publishedPacket(fmo: Fmo, forKind: 'contract' | 'any' = 'any'): Promise<{ carrierId: string; packetId: string }> {
  const carrierId = await newCarrier(fmo)
  const packetId = await fmo.admin.run(async (ctx) => {
    const { id } = await addPacket(ctx, { carrier_id: carrierId, name: 'New business packet', for_kind: forKind })
    await attachForm(ctx, id, { own_form: 'appointment' })
    await attachForm(ctx, id, { own_form: 'direct_deposit' })
    await publishPacket(ctx, id)
    return id
  })
  return { carrierId, packetId }
}

export const requestFor = (carrierId: string, id: string, change: Partial<PacketRequest> = {}): PacketRequest => ({ id, carrierId, carrier: 'Northgate Life', linkId: 'lnk_01kaz0000000000000000000kk', kind: 'contract', states: ['WA', 'OR'], upline: 'Harbor Agency', ...change })

